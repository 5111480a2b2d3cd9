package io.tidescope.query.rule;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.HoleUse;
import io.tidescope.tree.match.Rule;

import java.util.Map;
import java.util.Set;

/** Refuses holes that cannot mean what a rule says of them. */
final class HoleChecks {
    private HoleChecks() {}

    /** Refuses a name that is one node here and any number of them there. */
    static void requireOneUse(Rule rule, Written written) {
        HoleUse.in(rule)
                .forEach(
                        (name, uses) -> {
                            if (uses.contains(HoleUse.NODES) && uses.size() > 1) {
                                throw written.invalid(
                                        "holes used inconsistently: $%1$s is one node, $$$%1$s is many"
                                                .formatted(name));
                            }
                        });
    }

    /** Refuses constraints on what no pattern has, or that nothing it stands for can pass. */
    static void requireConstraints(Rule.Constrained rule, Written written) {
        Map<String, Set<HoleUse>> uses = HoleUse.in(rule);
        rule.constraints()
                .forEach(
                        (name, constraint) -> {
                            Set<HoleUse> stands = uses.get(name);
                            if (stands == null) {
                                throw written.invalid("no pattern has a hole $" + name);
                            }
                            if (stands.stream().noneMatch(use -> takes(use, constraint))) {
                                throw written.invalid(
                                        takesOnly(stands.iterator().next()).formatted(name));
                            }
                        });
    }

    private static String takesOnly(HoleUse use) {
        return switch (use) {
            case NODES -> "$$$%s stands for any number of nodes: it takes regex";
            case STRING -> "$%s is what a string holds: it takes regex";
            case NAME, NODE ->
                    "$%s is a name: it takes regex, a pattern that is one name, and the kind"
                            + " identifier";
        };
    }

    /** Whether what a hole stands for may pass a rule. */
    private static boolean takes(HoleUse use, Rule rule) {
        if (use == HoleUse.NODE) {
            return true;
        }
        return switch (rule) {
            case Rule.Text text -> true;
            case Rule.All all -> all.rules().stream().allMatch(each -> takes(use, each));
            case Rule.Any any -> any.rules().stream().allMatch(each -> takes(use, each));
            case Rule.Not not -> takes(use, not.rule());
            case Rule.Matches matches ->
                    use == HoleUse.NAME && matches.pattern().plainName().isPresent();
            case Rule.OfKind kind ->
                    use == HoleUse.NAME && kind.kinds().contains(NodeKind.NAME_EXPR);
            case Rule.Related related -> false;
            case Rule.Constrained constrained -> false;
        };
    }
}
