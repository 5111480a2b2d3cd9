package io.tidescope.tree.match;

import static io.tidescope.tree.match.Code.all;
import static io.tidescope.tree.match.Code.block;
import static io.tidescope.tree.match.Code.call;
import static io.tidescope.tree.match.Code.captured;
import static io.tidescope.tree.match.Code.found;
import static io.tidescope.tree.match.Code.name;
import static io.tidescope.tree.match.Code.number;
import static io.tidescope.tree.match.Code.rule;
import static io.tidescope.tree.match.Code.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class RuleTest {
    private static final Rule.StopBy NEXT = new Rule.StopBy.Neighbour();
    private static final Rule.StopBy END = new Rule.StopBy.End();
    private static final Code CALLS = call("a", call("b", call("c", name("x"))));
    private static final Code LIST =
            block(statement(call("a")), statement(call("b")), statement(call("c")));

    @Test
    void insideLooksAtAncestors() {
        Rule c = rule(call("c", name("$A")));
        assertThat(holds(CALLS, all(c, related(Rule.Relation.INSIDE, calling("b"), NEXT))))
                .isTrue();
        assertThat(holds(CALLS, all(c, related(Rule.Relation.INSIDE, calling("a"), NEXT))))
                .isFalse();
        assertThat(holds(CALLS, all(c, related(Rule.Relation.INSIDE, calling("a"), END)))).isTrue();
    }

    @Test
    void aStopIsIncluded() {
        Rule c = rule(call("c", name("$A")));
        Rule.StopBy atB = new Rule.StopBy.At(calling("b"));
        assertThat(holds(CALLS, all(c, related(Rule.Relation.INSIDE, calling("b"), atB)))).isTrue();
        assertThat(holds(CALLS, all(c, related(Rule.Relation.INSIDE, calling("a"), atB))))
                .isFalse();
        Rule a = calling("a");
        assertThat(holds(CALLS, all(a, related(Rule.Relation.HAS, calling("b"), atB)))).isTrue();
        assertThat(holds(CALLS, all(a, related(Rule.Relation.HAS, calling("c"), atB)))).isFalse();
    }

    @Test
    void hasLooksAtDescendants() {
        Rule a = calling("a");
        assertThat(holds(CALLS, all(a, related(Rule.Relation.HAS, rule(name("x")), END)))).isTrue();
        assertThat(holds(CALLS, all(a, related(Rule.Relation.HAS, rule(name("x")), NEXT))))
                .isFalse();
        assertThat(holds(CALLS, all(a, related(Rule.Relation.HAS, a, END)))).isFalse();
    }

    @Test
    void siblingsStandBeforeAndBehind() {
        Rule b = rule(statement(call("b")));
        Rule a = rule(statement(call("a")));
        Rule c = rule(statement(call("c")));
        assertThat(holds(LIST, all(b, related(Rule.Relation.PRECEDES, c, NEXT)))).isTrue();
        assertThat(holds(LIST, all(b, related(Rule.Relation.FOLLOWS, a, NEXT)))).isTrue();
        assertThat(holds(LIST, all(b, related(Rule.Relation.FOLLOWS, c, END)))).isFalse();
        assertThat(holds(LIST, all(a, related(Rule.Relation.PRECEDES, c, NEXT)))).isFalse();
        assertThat(holds(LIST, all(a, related(Rule.Relation.PRECEDES, c, END)))).isTrue();
    }

    @Test
    void aNameOfOneRuleIsTheSameCodeInAnother() {
        Code code = block(statement(call("f", name("x"))), statement(call("g", name("y"))));
        Rule f = rule(statement(call("f", name("$A"))));
        Rule same = rule(statement(call("g", name("$A"))));
        Rule other = rule(statement(call("g", name("$B"))));
        assertThat(holds(code, all(f, related(Rule.Relation.PRECEDES, same, NEXT)))).isFalse();
        assertThat(captures(code, all(f, related(Rule.Relation.PRECEDES, other, NEXT))))
                .isEqualTo(Map.of("A", "x", "B", "y"));
    }

    @Test
    void aRelationIsTriedAgainWhenALaterRuleFails() {
        Code code = call("f", call("g", name("x")), call("g", name("y")), call("h", name("y")));
        Rule g = related(Rule.Relation.HAS, rule(call("g", name("$A"))), END);
        Rule h = related(Rule.Relation.HAS, rule(call("h", name("$A"))), END);
        assertThat(captures(code, all(g, h))).isEqualTo(Map.of("A", "y"));
    }

    @Test
    void theFirstOfSeveralThatHoldsGivesTheCaptures() {
        Rule either =
                new Rule.Any(
                        List.of(
                                rule(call("g", name("$A"))),
                                rule(call("f", name("$B"))),
                                rule(call("f", name("$C")))));
        assertThat(captures(call("f", name("x")), either)).isEqualTo(Map.of("B", "x"));
    }

    @Test
    void whatMustNotHoldCapturesNothing() {
        Code code = call("f", name("x"));
        Rule f = rule(call("f", name("$A")));
        Rule not = new Rule.Not(rule(call("$F", name("$B"), name("$C"))));
        assertThat(captures(code, all(f, not))).isEqualTo(Map.of("A", "x"));
        assertThat(holds(code, all(f, new Rule.Not(rule(call("$F", name("$B"))))))).isFalse();
        assertThat(holds(code, new Rule.All(List.of(f, new Rule.Not(new Rule.Not(f)))))).isTrue();
    }

    @Test
    void capturesAreConstrained() {
        Rule f = rule(call("$F", name("$$$L"), name("$A"), name("$$$R")));
        Code code = call("f", name("x"), number("1"), name("y"));
        Rule number = new Rule.OfKind(Set.of(NodeKind.INTEGER_LITERAL_EXPR));
        assertThat(captures(code, new Rule.Constrained(f, Map.of("A", number))))
                .containsEntry("A", "1")
                .containsEntry("L", "x")
                .containsEntry("R", "y");
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", text("f"))))).isTrue();
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", text("g"))))).isFalse();
        assertThat(captures(code, new Rule.Constrained(f, Map.of("L", text("x, 1")))))
                .containsEntry("A", "y");
        assertThat(holds(code, new Rule.Constrained(f, Map.of("NOBODY", text("y"))))).isTrue();
        Rule either = new Rule.Any(List.of(rule(call("h", name("$A"))), calling("g")));
        assertThat(
                        captures(
                                call("g", name("y")),
                                new Rule.Constrained(either, Map.of("A", rule(name("x"))))))
                .isEmpty();
    }

    @Test
    void aNameIsAPatternOfOneNameAndOfTheKindOfNames() {
        Code code = call("f", name("x"));
        Rule f = rule(call("$F", name("$A")));
        Rule aName = new Rule.OfKind(Set.of(NodeKind.NAME_EXPR));
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", rule(name("f")))))).isTrue();
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", rule(name("g")))))).isFalse();
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", not(rule(name("f")))))))
                .isFalse();
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", not(rule(name("g")))))))
                .isTrue();
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", aName)))).isTrue();
        assertThat(holds(code, new Rule.Constrained(f, Map.of("F", not(aName))))).isFalse();
    }

    @Test
    void aLongTextIsReadWithEffort() {
        Code code = call("f", name("x".repeat(100_000)));
        Rule regex = new Rule.Text(text -> text.chars().allMatch(c -> c == '$'));
        Rule reads = new Rule.Text(text -> text.chars().noneMatch(c -> c == '$'));
        int[] efforts = {0};
        Search.of(new Rule.All(List.of(new Rule.Not(regex), reads)))
                .find(code.tree(), () -> efforts[0]++);
        assertThat(efforts[0]).isGreaterThan(2 * 100_000 / 1024);
    }

    @Test
    void textIsTheSourceOfTheNode() {
        assertThat(found(CALLS.tree(), text("b(c(x))"))).containsExactly("b(c(x))");
    }

    @Test
    void capturesOfOneMatchAreNotInTheNext() {
        SyntaxTree tree = call("f", call("f", name("x"))).tree();
        Rule rule = new Rule.Any(List.of(rule(call("f", name("x"))), rule(call("f", name("$A")))));
        List<Match> matches = Search.of(rule).find(tree, () -> {});
        assertThat(matches.get(0).captures()).containsOnlyKeys("A");
        assertThat(matches.get(1).captures()).isEmpty();
    }

    private static Rule related(Rule.Relation relation, Rule rule, Rule.StopBy stopBy) {
        return new Rule.Related(relation, rule, stopBy);
    }

    private static Rule not(Rule rule) {
        return new Rule.Not(rule);
    }

    private static Rule calling(String name) {
        return rule(call(name, name("$_")));
    }

    private static Rule text(String text) {
        return new Rule.Text(text::contentEquals);
    }

    private static boolean holds(Code code, Rule rule) {
        return !found(code.tree(), rule).isEmpty();
    }

    private static Map<String, String> captures(Code code, Rule rule) {
        SyntaxTree tree = code.tree();
        return captured(tree, Search.of(rule).find(tree, () -> {}).getFirst());
    }
}
