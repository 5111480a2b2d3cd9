package io.tidescope.parser.parse.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Patterns as users write them, searched for in code that a parser has read. */
class PatternSearchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class $C implements $$$I, $L { $$$M } | class A implements X, Y { int f; } | 1",
                "class $C implements $$$I, $L { $$$M } | class A implements X { int f; } | 1",
                "class $C implements $$$I, $L { $$$M } | class A { int f; } | 0",
                "void $F($$$P, int $L) { $$$B } | class A { void f(int a, int b) { g(); } } | 1",
                "new $T($$$A, $B) { $$$M } | class A { Object o = new B(1, 2) { int f; }; } | 1",
                "enum $E { $$$C, $L; $$$M } | enum A { X, Y, Z; int f; } | 1",
                "$A.equals($B) | class A { boolean b = (x).equals(/* y */ y); } | 1",
                "if ($C) return $X; | class A { int f() { if (a) { return 1; } return 2; } } | 1",
                "foo() | class A { int a = this.foo() + foo(); } | 1",
            })
    void finds(String pattern, String source, int times) {
        assertThat(search(pattern, source)).hasSize(times);
    }

    @Test
    void captures_what_holes_stand_for() {
        String source = "class A { int a = f(1, g(2), 3); }";
        Match match = search("f($FIRST, $$$REST)", source).getFirst();
        assertThat(source.substring(match.start(), match.end())).isEqualTo("f(1, g(2), 3)");
        assertThat(match.captures().get("REST"))
                .satisfies(
                        rest ->
                                assertThat(source.substring(rest.start(), rest.end()))
                                        .isEqualTo("g(2), 3"));
    }

    private static List<Match> search(String pattern, String source) {
        Rule rule = new Rule.Matches(new JavaPatternReader().read(pattern));
        return Search.of(rule).find(tree(source), () -> {});
    }

    private static SyntaxTree tree(String source) {
        ParseResult result = new JavaSourceParser().parse(source.getBytes(StandardCharsets.UTF_8));
        return ((ParseResult.Parsed) result).tree();
    }
}
