package io.tidescope.tree.match;

import static io.tidescope.tree.match.Code.annotation;
import static io.tidescope.tree.match.Code.anyStatement;
import static io.tidescope.tree.match.Code.block;
import static io.tidescope.tree.match.Code.call;
import static io.tidescope.tree.match.Code.captured;
import static io.tidescope.tree.match.Code.enclosed;
import static io.tidescope.tree.match.Code.found;
import static io.tidescope.tree.match.Code.ifThen;
import static io.tidescope.tree.match.Code.method;
import static io.tidescope.tree.match.Code.modifier;
import static io.tidescope.tree.match.Code.name;
import static io.tidescope.tree.match.Code.number;
import static io.tidescope.tree.match.Code.plus;
import static io.tidescope.tree.match.Code.rule;
import static io.tidescope.tree.match.Code.statement;
import static io.tidescope.tree.match.Code.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

class SearchTest {
    @Test
    void aHoleStandsForOneNodeAndIsCaptured() {
        Code code = call("f", call("g", name("x")), name("y"));
        assertThat(found(code, call("f", name("$A"), name("y")))).containsExactly("f(g(x), y)");
        assertThat(captured(code, call("f", name("$A"), name("y")))).isEqualTo(Map.of("A", "g(x)"));
        assertThat(found(code, call("f", name("$A")))).isEmpty();
        assertThat(found(code, call("f", name("$A"), name("z")))).isEmpty();
    }

    @Test
    void aHoleInANameCapturesTheNameOnly() {
        assertThat(captured(call("sum", name("x")), call("$F", name("$_"))))
                .isEqualTo(Map.of("F", "sum"));
    }

    @Test
    void everyPlaceIsFoundInTheOrderOfTheNodes() {
        Code code = call("f", call("f", name("x")));
        assertThat(found(code, call("f", name("$A")))).containsExactly("f(f(x))", "f(x)");
    }

    @Test
    void aNameThatRepeatsIsEqualCode() {
        Code pattern = plus(name("$A"), name("$A"));
        assertThat(found(plus(call("f", name("x")), call("f", name("x"))), pattern)).hasSize(1);
        assertThat(found(plus(call("f", name("x")), call("f", name("y"))), pattern)).isEmpty();
        assertThat(found(plus(call("f", name("x")), call("f", number("1"))), pattern)).isEmpty();
        assertThat(found(plus(call("f", name("x")), enclosed(call("f", name("x")))), pattern))
                .hasSize(1);
    }

    @Test
    void equalCodeHasTheSameShape() {
        Code inside = call("f", call("g", name("x")));
        Code beside = call("f", call("g"), name("x"));
        assertThat(found(plus(inside, beside), plus(name("$A"), name("$A")))).isEmpty();
    }

    @Test
    void aNameIsTheSameWhereItIsCalledAndWhereItIsUsed() {
        Code pattern = call("$A", name("$A"));
        assertThat(found(call("x", name("x")), pattern)).hasSize(1);
        assertThat(found(call("x", name("y")), pattern)).isEmpty();
        assertThat(found(call("x", type("x")), pattern)).hasSize(1);
    }

    @Test
    void parenthesesBelowTheRootDoNotCount() {
        Code bare = call("f", plus(name("a"), name("b")));
        Code around = call("f", enclosed(plus(name("a"), enclosed(name("b")))));
        assertThat(found(around, bare)).hasSize(1);
        assertThat(found(bare, around)).hasSize(1);
        assertThat(found(around, plus(name("a"), name("$B")))).containsExactly("a + (b)");
        assertThat(captured(around, call("f", name("$A")))).isEqualTo(Map.of("A", "(a + (b))"));
        assertThat(captured(around, call("f", enclosed(name("$A")))))
                .isEqualTo(Map.of("A", "a + (b)"));
    }

    @Test
    void aBlockOfOneStatementIsThatStatementWhereABodyStands() {
        Code bare = ifThen(name("c"), statement(call("f")));
        Code braces = ifThen(name("c"), block(statement(call("f"))));
        assertThat(found(braces, bare)).hasSize(1);
        assertThat(found(bare, braces)).hasSize(1);
        assertThat(captured(bare, ifThen(name("$C"), block(anyStatement("$$$B")))))
                .isEqualTo(Map.of("C", "c", "B", "f();"));
        assertThat(found(bare, ifThen(name("c"), block()))).isEmpty();
        Code two = ifThen(name("c"), block(statement(call("f")), statement(call("g"))));
        assertThat(found(two, bare)).isEmpty();
    }

    @Test
    void whatThePatternDoesNotMentionMustNotBeThere() {
        Code pattern = method("$M", block(anyStatement("$$$B")));
        assertThat(found(method("m", block()), pattern)).hasSize(1);
        assertThat(found(method("m", block(), modifier("public", 1)), pattern)).isEmpty();
    }

    @Test
    void oneHoleStandsForModifiersAndAnnotations() {
        Code code =
                method(
                        "m",
                        block(),
                        modifier("public", 1),
                        annotation("Deprecated"),
                        modifier("static", 5));
        Code any = annotation("$$$MODS").asHole();
        assertThat(captured(code, method("m", block(), any)))
                .isEqualTo(Map.of("MODS", "public @Deprecated static"));
        assertThat(captured(code, method("m", block(), modifier("public", 1), any)))
                .isEqualTo(Map.of("MODS", "@Deprecated static"));
        assertThat(captured(code, method("m", block(), any, modifier("static", 5))))
                .isEqualTo(Map.of("MODS", "public @Deprecated"));
        assertThat(found(code, method("m", block(), any, modifier("final", 6)))).isEmpty();
        assertThat(captured(method("m", block()), method("m", block(), any)))
                .isEqualTo(Map.of("MODS", ""));
    }

    @Test
    void attributesMustBeTheSame() {
        Code minus =
                Code.of(
                                NodeKind.BINARY_EXPR,
                                new Code.Child(Role.LEFT, name("a")),
                                " - ",
                                new Code.Child(Role.RIGHT, name("b")))
                        .withBits(15);
        assertThat(found(minus, plus(name("a"), name("b")))).isEmpty();
    }

    @Test
    void neighboursMatchFromEachPlaceInAList() {
        Code code =
                block(
                        statement(call("a")),
                        statement(call("b")),
                        statement(call("c")),
                        statement(call("b")));
        assertThat(found(code, statement(call("$X")), statement(call("b"))))
                .containsExactly("a(); b();", "c(); b();");
        assertThat(captured(code, statement(call("b")), anyStatement("$$$REST")))
                .isEqualTo(Map.of("REST", "c(); b();"));
        assertThat(found(code, statement(call("a")), statement(call("c")))).isEmpty();
        assertThat(captured(code, anyStatement("$$$FIRST"), statement(call("c"))))
                .isEqualTo(Map.of("FIRST", "a(); b();"));
    }

    @Test
    void aPatternThatIsOnlyAHoleIsAnyNode() {
        assertThat(found(call("f", name("x")), name("$A"))).containsExactly("f(x)", "x");
    }

    @Test
    void theFirstBehindAPlaceAreThoseThatAFullSearchHasThere() {
        SyntaxTree tree = tree(7);
        Search search = Search.of(rule(name("$A")));
        List<Match> all =
                search.find(tree, () -> {}).stream()
                        .sorted(Comparator.comparingInt(Match::start).thenComparing(Match::node))
                        .toList();
        for (int most : new int[] {1, 2, 5, 1_000}) {
            List<Match> found = new ArrayList<>();
            List<Match> part = search.findBehind(tree, 0, -1, most, () -> {});
            while (!part.isEmpty()) {
                assertThat(part).hasSizeLessThanOrEqualTo(most);
                found.addAll(part);
                Match last = part.getLast();
                part = search.findBehind(tree, last.start(), last.node(), most, () -> {});
            }
            assertThat(found).isEqualTo(all);
        }
        assertThat(search.count(tree, () -> {})).isEqualTo(all.size());
    }

    @Test
    void whatDoesNotLieBehindThePlaceIsNotTried() {
        SyntaxTree tree = tree(400);
        Search search = Search.of(rule(name("$A")));
        int[] efforts = new int[2];

        List<Match> all = search.findBehind(tree, 0, -1, Integer.MAX_VALUE, () -> efforts[0]++);
        Match before = all.get(all.size() - 3);
        search.findBehind(tree, before.start(), before.node(), 10, () -> efforts[1]++);
        assertThat(efforts[0]).isPositive();
        assertThat(efforts[1]).isZero();
        search.findBehind(tree, 0, -1, 10, () -> efforts[1]++);
        assertThat(efforts[1]).isZero();
    }

    @Test
    void aTreeThatIsSearchedForNamesAgainAndAgainHasTheSame() {
        SyntaxTree tree = tree(3);
        for (int i = 0; i < 20; i++) {
            assertThat(found(tree, rule(call("g", name("$A"), number("$B")))))
                    .containsExactly("g(x, 1)", "g(x, 1)", "g(x, 1)");
            assertThat(found(tree, rule(call("h", name("$A"), number("$B"))))).isEmpty();
        }
    }

    /** Statements whose nodes do not all come in the order of the source. */
    private static SyntaxTree tree(int statements) {
        Code[] all = new Code[statements];
        for (int i = 0; i < statements; i++) {
            all[i] = statement(call("f", call("g", name("x"), number("1")), name("y")));
        }
        return block(all).tree();
    }
}
