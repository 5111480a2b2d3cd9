package io.tidescope.query.api;

import static io.tidescope.query.api.ApiParameters.CURSOR;
import static io.tidescope.query.api.ApiParameters.LIMIT;
import static io.tidescope.query.api.ApiParameters.ONE_REF;
import static io.tidescope.query.api.ApiParameters.ONE_REPOSITORY;
import static io.tidescope.query.api.ApiParameters.REF;
import static io.tidescope.query.api.ApiParameters.REPOSITORY;

import io.tidescope.query.PageRequest;
import io.tidescope.query.api.QueryStart.OnRef;
import io.tidescope.query.api.QueryStart.Scoped;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.Text;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;

import java.util.List;
import java.util.Set;

/** What is found by searching all partitions: symbols, occurrences and documents. */
final class SearchEndpoints {
    private static final Text NAME = new Text(ApiLimits.MAX_NAME_LENGTH);
    private static final Parameter<String> Q =
            Parameter.required("q", new Text(NameMatch.MAX_LENGTH));
    private static final Parameter<MatchKind> MATCH =
            Parameter.defaulted("match", Choice.of(MatchKind.class), Choice.label(MatchKind.EXACT));
    private static final Parameter<Set<SymbolKind>> KIND =
            Parameter.optional("kind", Choice.of(SymbolKind.class).several());
    private static final Parameter<String> SYMBOL_NAME = Parameter.required("name", NAME);
    private static final Parameter<Set<OccurrenceRole>> ROLE =
            Parameter.optional("role", Choice.of(OccurrenceRole.class).several());
    private static final Parameter<String> PREFIX =
            Parameter.optional("prefix", new Text(ApiLimits.MAX_PATH_LENGTH));

    private final QueryStart start;

    SearchEndpoints(QueryStart start) {
        this.start = start;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofQuery(
                        "/symbols",
                        ApiParameters.with(Q, MATCH, KIND, REPOSITORY, REF, LIMIT, CURSOR),
                        this::symbols),
                Endpoint.ofQuery(
                        "/occurrences",
                        ApiParameters.with(SYMBOL_NAME, ROLE, REPOSITORY, REF, LIMIT, CURSOR),
                        this::occurrences),
                Endpoint.ofQuery(
                        "/documents",
                        ApiParameters.with(ONE_REPOSITORY, ONE_REF, PREFIX, LIMIT, CURSOR),
                        this::documents));
    }

    private ListAnswer<SymbolItem> symbols(Arguments arguments, RepositoryGlobs visible) {
        NameMatch match = arguments.read(MATCH).match(arguments.read(Q));
        Set<SymbolKind> kinds = arguments.find(KIND).orElse(Set.of());
        PageRequest page = ApiParameters.page("symbols", arguments);
        Scoped query = start.scoped(arguments, visible);
        return ListAnswer.of(
                query.gateway().symbols(match, kinds, query.scope(), page, query.deadline()),
                SymbolItem::of);
    }

    private ListAnswer<OccurrenceItem> occurrences(Arguments arguments, RepositoryGlobs visible) {
        String name = arguments.read(SYMBOL_NAME);
        Set<OccurrenceRole> roles = arguments.find(ROLE).orElse(Set.of());
        PageRequest page = ApiParameters.page("occurrences", arguments);
        Scoped query = start.scoped(arguments, visible);
        return ListAnswer.of(
                query.gateway().occurrences(name, roles, query.scope(), page, query.deadline()),
                hit -> OccurrenceItem.of(name, hit));
    }

    private ListAnswer<DocumentItem> documents(Arguments arguments, RepositoryGlobs visible) {
        String prefix = arguments.find(PREFIX).orElse("");
        PageRequest page = ApiParameters.page("documents", arguments);
        OnRef query = start.onRef(arguments, visible);
        return ListAnswer.of(
                query.gateway()
                        .documents(query.repository(), query.ref(), prefix, page, query.deadline()),
                document -> DocumentItem.of(query.repository(), query.ref(), document));
    }
}
