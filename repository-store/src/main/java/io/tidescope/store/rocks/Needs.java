package io.tidescope.store.rocks;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Need;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the index and a glance at a tree can tell of what a match needs. */
final class Needs {
    /** What trees have as identifiers of nodes and occurrences leave out. */
    private static final Set<String> NO_OCCURRENCES = Set.of("new", "this", "super", "_");

    private Needs() {}

    /** Each name costs an iterator; a few long ones, which are rare, choose well enough. */
    private static final int MAX_NAMES = 6;

    /** Some of the names that occur in every document with a match. */
    static List<String> names(Need need) {
        SortedSet<String> names = new TreeSet<>();
        addNames(need, names);
        return names.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .limit(MAX_NAMES)
                .toList();
    }

    private static void addNames(Need need, SortedSet<String> names) {
        switch (need) {
            case Need.Identifier(String name) -> {
                if (PostingKey.accepts(name) && !NO_OCCURRENCES.contains(name)) {
                    names.add(name);
                }
            }
            case Need.All all -> all.needs().forEach(part -> addNames(part, names));
            case Need.Anything anything -> {}
            case Need.Literal literal -> {}
            case Need.Kind kind -> {}
            case Need.Any any -> {}
        }
    }

    /** Whether a tree holds nodes of the kinds needed. */
    static boolean mayHold(Need need, SyntaxTree tree) {
        Set<NodeKind> kinds = EnumSet.noneOf(NodeKind.class);
        for (int node = 0; node < tree.nodeCount(); node++) {
            kinds.add(tree.kind(node));
        }
        return mayHold(need, kinds);
    }

    private static boolean mayHold(Need need, Set<NodeKind> kinds) {
        return switch (need) {
            case Need.Kind kind -> kind.kinds().stream().anyMatch(kinds::contains);
            case Need.All all -> all.needs().stream().allMatch(part -> mayHold(part, kinds));
            case Need.Any any -> any.needs().stream().anyMatch(part -> mayHold(part, kinds));
            case Need.Anything anything -> true;
            case Need.Identifier identifier -> true;
            case Need.Literal literal -> true;
        };
    }
}
