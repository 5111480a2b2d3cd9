package io.tidescope.tree.match;

import io.tidescope.tree.KindScan;
import io.tidescope.tree.KindSet;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The types before variables in one tree: in {@code int a, b} each variable has its own copy of the
 * type, at the same place.
 */
final class CopiedTypes {
    private static final KindScan DECLARATORS =
            KindScan.of(KindSet.of(List.of(NodeKind.VARIABLE_DECLARATOR)));

    private final SyntaxTree tree;
    private final BitSet matched = new BitSet();
    private final Set<Place> places = new HashSet<>();
    private int placed;
    private @Nullable BitSet nodes;

    /** Where a node is; a copy is at the same place as what it copies. */
    private record Place(int start, int end, NodeKind kind) {}

    CopiedTypes(SyntaxTree tree) {
        this.tree = tree;
    }

    /** Whether a node that matches, behind all before, is no copy of one of these. */
    boolean isNew(int node) {
        if (isCopyOfMatched(node)) {
            return false;
        }
        matched.set(node);
        return true;
    }

    private boolean isCopyOfMatched(int node) {
        int last = matched.length() - 1;
        // Nodes between a type and its copy begin behind it: mostly there is no more to look at.
        if (last < 0 || tree.start(last) < tree.start(node) || !contain(node)) {
            return false;
        }
        for (int n = matched.nextSetBit(placed); n >= 0; n = matched.nextSetBit(n + 1)) {
            places.add(place(n));
        }
        placed = last + 1;
        return places.contains(place(node));
    }

    private Place place(int node) {
        return new Place(tree.start(node), tree.end(node), tree.kind(node));
    }

    /** Whether the node is such a type, or in one. */
    private boolean contain(int node) {
        BitSet known = nodes;
        if (known == null) {
            known = find();
            nodes = known;
        }
        return known.get(node);
    }

    private BitSet find() {
        BitSet found = new BitSet();
        int count = tree.nodeCount();
        for (int n = tree.next(DECLARATORS, 0); n < count; n = tree.next(DECLARATORS, n + 1)) {
            int type = n + 1;
            if (type < tree.subtreeEnd(n)
                    && tree.role(type) == Role.TYPE
                    && tree.start(type) < tree.start(n)) {
                found.set(type, tree.subtreeEnd(type));
            }
        }
        return found;
    }
}
