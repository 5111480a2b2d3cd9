package io.tidescope.tree.symbol;

import io.tidescope.tree.SyntaxTree;

import java.util.Arrays;

/** The nodes around the one that a pre-order walk is at, and the container that each makes. */
final class Ancestors {
    private final SyntaxTree tree;
    private int[] nodes = new int[64];
    private boolean[] anonymous = new boolean[64];
    private String[] containers = new String[64];
    private int depth;

    Ancestors(SyntaxTree tree) {
        this.tree = tree;
    }

    /** Leaves what ends before this node, the next in pre-order. */
    void leaveBefore(int node) {
        while (depth > 0 && tree.subtreeEnd(nodes[depth - 1]) <= node) {
            depth--;
        }
    }

    /** Goes below a node that has children. */
    void enter(int node, String containerInside) {
        if (depth == nodes.length) {
            nodes = Arrays.copyOf(nodes, depth * 2);
            anonymous = Arrays.copyOf(anonymous, depth * 2);
            containers = Arrays.copyOf(containers, depth * 2);
        }
        nodes[depth] = node;
        anonymous[depth] = false;
        containers[depth++] = containerInside;
    }

    /** Says that what follows below the parent is inside its class body, which comes last. */
    void enterAnonymous(String name) {
        int top = depth - 1;
        if (!anonymous[top]) {
            anonymous[top] = true;
            containers[top] = join(containers[top], name);
        }
    }

    /** What contains the node that the walk is at. */
    String container() {
        return depth == 0 ? "" : containers[depth - 1];
    }

    int depth() {
        return depth;
    }

    /** The parent of the node that the walk is at; not of the root. */
    int parent() {
        return nodes[depth - 1];
    }

    /** An ancestor: 0 is the root, {@code depth() - 1} the parent. */
    int at(int level) {
        return nodes[level];
    }

    static String join(String container, String name) {
        return container.isEmpty() ? name : container + "." + name;
    }
}
