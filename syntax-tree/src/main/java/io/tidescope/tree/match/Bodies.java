package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

/** Where a statement and a block of only this statement are the same code. */
final class Bodies {
    private Bodies() {}

    static boolean isBody(NodeKind parent, Role role) {
        return switch (parent) {
            case IF_STMT -> role == Role.THEN_STMT || role == Role.ELSE_STMT;
            case DO_STMT, FOR_EACH_STMT, FOR_STMT, WHILE_STMT -> role == Role.BODY;
            case LABELED_STMT -> role == Role.STATEMENT;
            default -> false;
        };
    }

    /** The statement in a block of one; else the node itself. */
    static int onlyStatement(SyntaxTree tree, int node) {
        boolean one =
                tree.kind(node) == NodeKind.BLOCK_STMT
                        && tree.subtreeSize(node) > 1
                        && tree.subtreeEnd(node + 1) == tree.subtreeEnd(node);
        return one ? node + 1 : node;
    }
}
