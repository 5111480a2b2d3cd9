package io.tidescope.tree.match;

import static io.tidescope.tree.match.Code.all;
import static io.tidescope.tree.match.Code.anyStatement;
import static io.tidescope.tree.match.Code.block;
import static io.tidescope.tree.match.Code.call;
import static io.tidescope.tree.match.Code.enclosed;
import static io.tidescope.tree.match.Code.ifThen;
import static io.tidescope.tree.match.Code.name;
import static io.tidescope.tree.match.Code.number;
import static io.tidescope.tree.match.Code.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.tree.NodeKind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class NeedsTest {
    private static final Need ANYTHING = new Need.Anything();
    private static final Need CALL = kind(NodeKind.METHOD_CALL_EXPR);
    private static final Rule F = rule(call("f"));
    private static final Need NEED_F = new Need.All(List.of(CALL, new Need.Identifier("f")));

    @Test
    void aPatternNeedsItsKindsNamesAndLiteralsButNotItsHoles() {
        assertThat(need(rule(call("f", number("1"), name("$A"), name("$$$B")))))
                .isEqualTo(
                        new Need.All(
                                List.of(
                                        CALL,
                                        new Need.Identifier("f"),
                                        kind(NodeKind.INTEGER_LITERAL_EXPR),
                                        new Need.Literal("1"))));
        assertThat(need(rule(call("$F")))).isEqualTo(CALL);
        assertThat(need(rule(name("$A")))).isEqualTo(ANYTHING);
    }

    @Test
    void whatEqualityLooksThroughIsNotNeeded() {
        assertThat(need(rule(ifThen(enclosed(name("$C")), block(anyStatement("$S"))))))
                .isEqualTo(kind(NodeKind.IF_STMT));
    }

    @Test
    void allNeedAllAndAnyNeedsOne() {
        Rule block = new Rule.OfKind(Set.of(NodeKind.BLOCK_STMT));
        assertThat(need(all(F, block)))
                .isEqualTo(
                        new Need.All(
                                List.of(
                                        CALL,
                                        new Need.Identifier("f"),
                                        kind(NodeKind.BLOCK_STMT))));
        assertThat(need(new Rule.Any(List.of(F, block))))
                .isEqualTo(new Need.Any(List.of(NEED_F, kind(NodeKind.BLOCK_STMT))));
        assertThat(need(new Rule.Any(List.of(F, rule(name("$A")))))).isEqualTo(ANYTHING);
    }

    @Test
    void whatMustNotHoldNeedsNothing() {
        assertThat(need(all(F, new Rule.Not(rule(call("g")))))).isEqualTo(NEED_F);
    }

    @Test
    void aRelationNeedsItsRuleButNotWhereItStops() {
        Rule.StopBy stop = new Rule.StopBy.At(rule(call("g")));
        assertThat(need(new Rule.Related(Rule.Relation.HAS, F, stop))).isEqualTo(NEED_F);
    }

    @Test
    void aConstraintIsNeededToo() {
        Rule rule = new Rule.Constrained(rule(name("$A")), Map.of("A", F));
        assertThat(need(rule)).isEqualTo(NEED_F);
    }

    private static Need need(Rule rule) {
        return Search.of(rule).need();
    }

    private static Need kind(NodeKind kind) {
        return new Need.Kind(Set.of(kind));
    }
}
