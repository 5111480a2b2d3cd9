package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a hole stands for where a pattern has it. */
public enum HoleUse {
    NODE,
    /** Any number of nodes. */
    NODES,
    /** A name that is no node of its own, such as that of a method. */
    NAME,
    /** What a string holds. */
    STRING;

    /** What the holes of a rule that have names stand for, wherever it has them. */
    public static Map<String, Set<HoleUse>> in(Rule rule) {
        Map<String, Set<HoleUse>> uses = new TreeMap<>();
        collect(rule, uses);
        return uses;
    }

    private static void collect(Rule rule, Map<String, Set<HoleUse>> uses) {
        switch (rule) {
            case Rule.Matches matches -> collect(matches.pattern(), uses);
            case Rule.OfKind kind -> {}
            case Rule.Text text -> {}
            case Rule.All all -> all.rules().forEach(each -> collect(each, uses));
            case Rule.Any any -> any.rules().forEach(each -> collect(each, uses));
            case Rule.Not not -> collect(not.rule(), uses);
            case Rule.Related related -> {
                collect(related.rule(), uses);
                if (related.stopBy() instanceof Rule.StopBy.At at) {
                    collect(at.rule(), uses);
                }
            }
            case Rule.Constrained constrained -> {
                collect(constrained.rule(), uses);
                constrained.constraints().values().forEach(each -> collect(each, uses));
            }
        }
    }

    private static void collect(Pattern pattern, Map<String, Set<HoleUse>> uses) {
        pattern.forEachHole(
                (hole, node) -> {
                    if (hole.captures()) {
                        uses.computeIfAbsent(hole.name(), name -> EnumSet.noneOf(HoleUse.class))
                                .add(use(pattern, hole, node));
                    }
                });
    }

    private static HoleUse use(Pattern pattern, Hole hole, int node) {
        if (hole.many()) {
            return NODES;
        }
        if (pattern.nodeHoles().containsKey(node)) {
            return NODE;
        }
        return pattern.tree().kind(node) == NodeKind.STRING_LITERAL_EXPR ? STRING : NAME;
    }
}
