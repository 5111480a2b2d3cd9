package io.tidescope.query.api;

import io.tidescope.store.query.Deadline;
import io.tidescope.tree.Attribute;
import io.tidescope.tree.SyntaxTree;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A syntax tree as an S-expression: {@code role: (Kind "text" attribute=VALUE flag children…)}, a
 * line for each node, indented by depth. Written without recursion.
 */
final class TreeExpression {
    /** Deeper nodes are not indented further: the text would grow with the square of the depth. */
    private static final int MAX_INDENTED = 40;

    private static final int NODES_BETWEEN_CHECKS = 256;

    private TreeExpression() {}

    static String of(SyntaxTree tree, Deadline deadline) {
        StringBuilder text = new StringBuilder();
        Deque<Integer> openEnds = new ArrayDeque<>();
        for (int node = 0; node < tree.nodeCount(); node++) {
            if (node % NODES_BETWEEN_CHECKS == 0) {
                deadline.check();
            }
            closeUntil(text, openEnds, node);
            if (node > 0) {
                text.append('\n').repeat("  ", Math.min(openEnds.size(), MAX_INDENTED));
                text.append(tree.role(node).label()).append(": ");
            }
            writeNode(text, tree, node);
            openEnds.push(tree.subtreeEnd(node));
        }
        closeUntil(text, openEnds, tree.nodeCount());
        return text.toString();
    }

    private static void closeUntil(StringBuilder text, Deque<Integer> openEnds, int node) {
        while (!openEnds.isEmpty() && openEnds.element() <= node) {
            openEnds.remove();
            text.append(')');
        }
    }

    private static void writeNode(StringBuilder text, SyntaxTree tree, int node) {
        text.append('(').append(tree.kind(node).label());
        if (tree.hasText(node)) {
            text.append(" \"");
            tree.text(node).chars().forEach(c -> append(text, (char) c));
            text.append('"');
        }
        for (Attribute attribute : tree.attributes(node)) {
            text.append(' ').append(attribute.name());
            if (!attribute.isFlag()) {
                text.append('=').append(attribute.value());
            }
        }
    }

    private static void append(StringBuilder text, char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            default -> text.append(c);
        }
    }
}
