package io.tidescope.tree.match;

import io.tidescope.tree.KindSet;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;

/**
 * The types before variables in one tree: in {@code int a, b} each variable has its own copy of the
 * type, at the same place.
 */
final class CopiedTypes {
    private static final KindSet DECLARATORS = KindSet.of(List.of(NodeKind.VARIABLE_DECLARATOR));

    private final SyntaxTree tree;
    private @Nullable BitSet nodes;

    CopiedTypes(SyntaxTree tree) {
        this.tree = tree;
    }

    /** Whether the node is such a type, or in one. */
    boolean contain(int node) {
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
