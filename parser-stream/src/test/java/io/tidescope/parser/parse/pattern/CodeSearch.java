package io.tidescope.parser.parse.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Searches for patterns, as users write them, in code that must be Java. */
final class CodeSearch {
    private CodeSearch() {}

    static List<Match> search(String pattern, String source) {
        Rule rule = new Rule.Matches(new JavaPatternReader().read(pattern));
        return Search.of(rule).find(tree(source), () -> {});
    }

    /** What the holes of the first match stand for. */
    static Map<String, String> captured(String pattern, String source) {
        List<Match> matches = search(pattern, source);
        assertThat(matches).isNotEmpty();
        Map<String, String> texts = new TreeMap<>();
        matches.getFirst()
                .captures()
                .forEach(
                        (name, hole) ->
                                texts.put(name, source.substring(hole.start(), hole.end())));
        return texts;
    }

    static SyntaxTree tree(String source) {
        ParseResult result = new JavaSourceParser().parse(source.getBytes(StandardCharsets.UTF_8));
        assertThat(result)
                .isInstanceOfSatisfying(
                        ParseResult.Parsed.class,
                        parsed -> assertThat(parsed.problems()).as(source).isEmpty());
        return ((ParseResult.Parsed) result).tree();
    }
}
