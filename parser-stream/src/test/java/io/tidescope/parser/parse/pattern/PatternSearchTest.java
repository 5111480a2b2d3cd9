package io.tidescope.parser.parse.pattern;

import static io.tidescope.parser.parse.pattern.CodeSearch.captured;
import static io.tidescope.parser.parse.pattern.CodeSearch.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.match.Match;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void adjacent_holes_for_many_leave_other_lists_to_be_chosen() {
        assertThat(
                        captured(
                                "void $F($$$A, $B) throws $$$C, $$$D { $$$E }",
                                "class A { void f(int a, int b) throws X { } }"))
                .containsEntry("A", "int a")
                .containsEntry("B", "int b")
                .containsEntry("D", "X");
        assertThat(captured("f($$$A, $$$B, x, $$$C, $$$D)", "class A { int a = f(1, x, x, 2); }"))
                .containsEntry("B", "1")
                .containsEntry("D", "x, 2");
    }

    @Test
    void what_a_repeated_hole_for_many_stands_for_depends_on_holes_before_it() {
        String source = "class A { void a() { f(1, x, x, 2); } int g() { return h(2); } }";
        assertThat(captured("f($$$M, $$$L); $$$L", source))
                .containsEntry("M", "1, x, x, 2")
                .containsEntry("L", "");
        assertThat(captured("f($$$M, x, $$$L) + h($$$L)", "class A { int a = f(x, x, 2) + h(2); }"))
                .containsEntry("M", "x")
                .containsEntry("L", "2");
    }

    @Test
    void a_hole_for_modifiers_takes_those_before_one_that_is_mentioned() {
        String method = "class A { %s void f() { } }";
        String pattern = "$$$M static void $F() { }";
        assertThat(captured(pattern, method.formatted("public final static")))
                .containsEntry("M", "public final");
        assertThat(captured(pattern, method.formatted("@X static public")))
                .containsEntry("M", "@X");
        assertThat(captured(pattern, method.formatted("static"))).containsEntry("M", "");
    }

    @Test
    void comparisons_are_no_nested_type_arguments() {
        String pattern = "$A < $B" + " && $C < $D".repeat(40);
        assertThat(search(pattern, "class A { boolean b = 1 < 2" + " && 3 < 4".repeat(40) + "; }"))
                .hasSize(1);
    }
}
