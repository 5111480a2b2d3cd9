package io.tidescope.query.api;

import static io.tidescope.query.api.ApiParameters.CURSOR;
import static io.tidescope.query.api.ApiParameters.REF;
import static io.tidescope.query.api.ApiParameters.REPOSITORY;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.PageRequest;
import io.tidescope.query.StructureQuestion;
import io.tidescope.query.api.QueryStart.Scoped;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.Globs;
import io.tidescope.query.request.JsonObject;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.Switch;
import io.tidescope.query.request.Text;
import io.tidescope.query.request.WholeNumber;
import io.tidescope.query.rule.RuleReader;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternReader;
import io.tidescope.tree.match.Search;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Structural search: where a pattern of Java with holes matches, or a rule holds. */
final class StructureEndpoint {
    private static final Parameter<String> PATTERN =
            Parameter.optional("pattern", new Text(ApiLimits.MAX_PATTERN_LENGTH));
    private static final Parameter<JsonNode> RULE =
            Parameter.optional("rule", new JsonObject(ApiLimits.MAX_RULE_LENGTH));
    private static final Parameter<PathGlobs> PATHS =
            Parameter.optional("paths", new Globs(ApiLimits.MAX_GLOBS, ApiLimits.MAX_NAME_LENGTH));
    private static final Parameter<Integer> LIMIT =
            Parameter.defaulted(
                            ApiParameters.LIMIT.name(),
                            new WholeNumber(1, ApiLimits.MAX_MATCHES),
                            Integer.toString(ApiLimits.DEFAULT_ITEMS))
                    .besideTheQuestion();
    private static final Parameter<Boolean> COUNT_ONLY =
            Parameter.defaulted("countOnly", new Switch(), "false");
    private static final Parameter<Boolean> EXPLAIN =
            Parameter.defaulted("explain", new Switch(), "false").besideTheQuestion();

    private final QueryStart start;
    private final RecentPatterns patterns;
    private final RuleReader rules;

    StructureEndpoint(QueryStart start, PatternReader patterns) {
        this.start = start;
        this.patterns = new RecentPatterns(patterns);
        rules = new RuleReader(patterns);
    }

    Endpoint endpoint() {
        return Endpoint.ofBody(
                "/search/structural",
                ApiParameters.with(
                        PATTERN, RULE, REPOSITORY, REF, PATHS, LIMIT, CURSOR, COUNT_ONLY, EXPLAIN),
                this::search);
    }

    private StructureAnswer search(Arguments arguments, RepositoryGlobs visible) {
        Asked asked = asked(arguments);
        PageRequest page = ApiParameters.page("structural", arguments);
        boolean explain = arguments.read(EXPLAIN);
        Scoped query = start.scoped(arguments, visible);
        StructureQuestion question =
                new StructureQuestion(
                        asked.search(),
                        query.scope(),
                        arguments.find(PATHS).orElse(PathGlobs.ALL),
                        arguments.read(COUNT_ONLY),
                        explain);
        return new StructureAnswer(
                query.gateway().search(question, page, query.deadline()), asked.readAs(), explain);
    }

    /**
     * What is looked for.
     *
     * @param readAs what the pattern was read as; null for a rule
     */
    private record Asked(Search search, @Nullable String readAs) {}

    private Asked asked(Arguments arguments) {
        Optional<String> text = arguments.find(PATTERN);
        Optional<JsonNode> rule = arguments.find(RULE);
        if (text.isPresent() == rule.isPresent()) {
            throw TideScopeException.invalid(
                    PATTERN.name(), "A search takes either pattern or rule, one of them.");
        }
        if (rule.isPresent()) {
            return new Asked(Search.of(rules.read(rule.get())), null);
        }
        RecentPatterns.Ready ready = pattern(text.orElseThrow());
        return new Asked(ready.search(), Choice.label(ready.pattern().form()));
    }

    private RecentPatterns.Ready pattern(String text) {
        try {
            return patterns.read(text);
        } catch (PatternException e) {
            throw TideScopeException.invalid(
                    PATTERN.name(),
                    "The pattern cannot be read at offset %d: %s"
                            .formatted(e.offset(), e.getMessage()));
        }
    }
}
