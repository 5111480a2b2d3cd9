package io.tidescope.parser.parse.pattern;

import io.tidescope.parser.parse.pattern.Rewritten.Mark;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Hole;
import io.tidescope.tree.match.PatternException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Finds the nodes of a pattern's tree that stand for holes. */
final class HoleFinder {
    private final SyntaxTree tree;
    private final int end;
    private final IntUnaryOperator given;
    private final Map<Integer, Mark> marks = new HashMap<>();
    private final Map<Integer, Hole> nodeHoles = new HashMap<>();
    private final Map<Integer, Hole> textHoles = new HashMap<>();

    /**
     * @param start byte offset of the rewritten text in the tree's source
     * @param end byte offset after it
     * @param given the index in the given text of an offset in the source
     */
    HoleFinder(SyntaxTree tree, int start, int end, Rewritten rewritten, IntUnaryOperator given) {
        this.tree = tree;
        this.end = end;
        this.given = given;
        String text = rewritten.text();
        for (Mark mark : rewritten.marks()) {
            String before = text.substring(0, mark.start());
            marks.put(start + before.getBytes(StandardCharsets.UTF_8).length, mark);
        }
    }

    Map<Integer, Hole> nodeHoles() {
        return nodeHoles;
    }

    Map<Integer, Hole> textHoles() {
        return textHoles;
    }

    /**
     * @return false when a hole is not what it was made into
     * @throws PatternException when a hole for many stands where there is only one
     */
    boolean find(List<Integer> roots) {
        for (int root : roots) {
            int node = root;
            while (node < tree.subtreeEnd(root)) {
                Hole hole = nodeHole(node);
                if (hole != null) {
                    nodeHoles.put(node, hole);
                    node = tree.subtreeEnd(node);
                } else {
                    text(node);
                    node++;
                }
            }
        }
        return marks.isEmpty();
    }

    private @Nullable Hole nodeHole(int node) {
        Mark mark = marks.get(tree.start(node));
        if (mark != null && mark.kind() == tree.kind(node)) {
            marks.remove(tree.start(node));
            return mark.hole();
        }
        return switch (tree.kind(node)) {
            case NAME_EXPR, NAME, TYPE_PARAMETER, ENUM_CONSTANT_DECLARATION -> bare(node);
            case CLASS_OR_INTERFACE_TYPE -> tree.attributeBits(node) == 0 ? bare(node) : null;
            case TYPE_EXPR -> nodeHole(node + 1);
            case PARAMETER -> untyped(node);
            case EXPRESSION_STMT -> lambdaBody(node);
            default -> null;
        };
    }

    /** The hole that all of the node is. */
    private @Nullable Hole bare(int node) {
        return tree.subtreeSize(node) == 1 ? HoleName.hole(tree.text(node)) : null;
    }

    /** Parameters of a lambda; a single one is a name only, to be found again in its body. */
    private @Nullable Hole untyped(int node) {
        Hole hole = HoleName.hole(tree.text(node));
        return hole != null
                        && hole.many()
                        && tree.subtreeSize(node) == 2
                        && tree.kind(node + 1) == NodeKind.UNKNOWN_TYPE
                ? hole
                : null;
    }

    /**
     * A lambda's body without braces is a statement as well: the hole takes in a block too, unless
     * it is to equal an expression or name elsewhere.
     */
    private @Nullable Hole lambdaBody(int node) {
        Hole hole =
                tree.role(node) == Role.BODY && tree.subtreeSize(node) == 2 ? bare(node + 1) : null;
        return hole != null && (!hole.captures() || occursOnce(tree.text(node + 1))) ? hole : null;
    }

    private boolean occursOnce(String word) {
        int count = 0;
        for (int node = 0; node < tree.nodeCount(); node++) {
            count += tree.hasText(node) && tree.text(node).equals(word) ? 1 : 0;
        }
        return count == 1;
    }

    private void text(int node) {
        if (!tree.hasText(node)) {
            return;
        }
        Hole hole = HoleName.hole(tree.text(node));
        if (hole == null) {
            return;
        }
        switch (tree.kind(node)) {
            case STRING_LITERAL_EXPR -> {
                if (!hole.many()) {
                    textHoles.put(node, hole);
                }
            }
            case CHAR_LITERAL_EXPR, TEXT_BLOCK_LITERAL_EXPR -> {}
            default -> {
                if (hole.many()) {
                    int offset = Math.min(Math.max(tree.textStart(node), tree.start(node)), end);
                    throw new PatternException(
                            tree.text(node) + " stands for many, and here is room for one name",
                            given.applyAsInt(offset));
                }
                textHoles.put(node, hole);
            }
        }
    }
}
