package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import java.util.Arrays;

/**
 * Compares places of one tree as code: kinds, roles, attributes and texts, whatever the layout,
 * parentheses and the braces around a single statement that is a body. A plain name is the same
 * where it is declared, used, and used as a type.
 */
final class NodeEquality {
    private final Matcher matcher;
    private final SyntaxTree tree;

    /** Pairs of nodes still to compare. */
    private int[] pairs = new int[2];

    private int count;

    NodeEquality(Matcher matcher) {
        this.matcher = matcher;
        this.tree = matcher.tree;
    }

    boolean same(Captured a, Captured b) {
        return switch (a) {
            case Captured.Name name -> sameName(name.owner(), b);
            case Captured.One one ->
                    switch (b) {
                        case Captured.Name name -> sameName(name.owner(), one);
                        case Captured.One other -> same(one.node(), other.node());
                        case Captured.Several list -> same(new int[] {one.node()}, list.nodes());
                        case Captured.Extent extent -> false;
                    };
            case Captured.Several list ->
                    switch (b) {
                        case Captured.Name name -> sameName(name.owner(), list);
                        case Captured.One one -> same(list.nodes(), new int[] {one.node()});
                        case Captured.Several other -> same(list.nodes(), other.nodes());
                        case Captured.Extent extent -> false;
                    };
            case Captured.Extent extent -> false;
        };
    }

    private boolean sameName(int owner, Captured other) {
        return switch (other) {
            case Captured.Name name -> matcher.texts.same(owner, name.owner());
            case Captured.One one -> {
                int node = matcher.withoutParentheses(one.node());
                yield isPlainName(node) && matcher.texts.same(owner, node);
            }
            case Captured.Several list ->
                    list.nodes().length == 1
                            && isPlainName(list.nodes()[0])
                            && matcher.texts.same(owner, list.nodes()[0]);
            case Captured.Extent extent -> false;
        };
    }

    private boolean same(int[] a, int[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!same(a[i], b[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean same(int a, int b) {
        count = 0;
        push(withoutBraces(a), withoutBraces(b));
        while (count > 0) {
            matcher.step();
            int second = matcher.withoutParentheses(pairs[--count]);
            int first = matcher.withoutParentheses(pairs[--count]);
            if (isPlainName(first) && isPlainName(second)) {
                if (!matcher.texts.same(first, second)) {
                    return false;
                }
            } else if (!sameHead(first, second) || !pushChildren(first, second)) {
                return false;
            }
        }
        return true;
    }

    /** The statement that a body consists of. */
    private int withoutBraces(int node) {
        if (tree.kind(node) != NodeKind.BLOCK_STMT) {
            return node;
        }
        int parent = matcher.relatives.parent(node);
        return parent != Relatives.NONE && Bodies.isBody(tree.kind(parent), tree.role(node))
                ? Bodies.onlyStatement(tree, node)
                : node;
    }

    private boolean sameHead(int a, int b) {
        NodeKind kind = tree.kind(a);
        int mask = Attributes.compared(kind);
        return kind == tree.kind(b)
                && (tree.attributeBits(a) & mask) == (tree.attributeBits(b) & mask)
                && matcher.texts.same(a, b);
    }

    private boolean pushChildren(int a, int b) {
        int endA = tree.subtreeEnd(a);
        int endB = tree.subtreeEnd(b);
        int childA = a + 1;
        int childB = b + 1;
        while (childA < endA && childB < endB) {
            if (tree.role(childA) != tree.role(childB)) {
                return false;
            }
            boolean body = Bodies.isBody(tree.kind(a), tree.role(childA));
            push(
                    body ? Bodies.onlyStatement(tree, childA) : childA,
                    body ? Bodies.onlyStatement(tree, childB) : childB);
            childA = tree.subtreeEnd(childA);
            childB = tree.subtreeEnd(childB);
        }
        return childA == endA && childB == endB;
    }

    private boolean isPlainName(int node) {
        return tree.subtreeSize(node) == 1
                && switch (tree.kind(node)) {
                    case NAME_EXPR, NAME -> true;
                    case CLASS_OR_INTERFACE_TYPE -> tree.attributeBits(node) == 0;
                    default -> false;
                };
    }

    private void push(int a, int b) {
        if (count + 2 > pairs.length) {
            pairs = Arrays.copyOf(pairs, pairs.length * 2);
        }
        pairs[count++] = a;
        pairs[count++] = b;
    }
}
