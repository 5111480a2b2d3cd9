package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/**
 * Java with holes, as a syntax tree over the text that was parsed for it.
 *
 * @param text as it was given
 * @param form what it was read as
 * @param tree a tree in which the pattern stands, with what was put around it to parse it
 * @param roots nodes of the pattern, neighbours in one list of their parent; at least one
 * @param nodeHoles nodes at or below the roots that stand for a hole as a whole
 * @param textHoles nodes whose identifier or literal's value is a hole, such as the name of a call
 */
public record Pattern(
        String text,
        PatternForm form,
        SyntaxTree tree,
        List<Integer> roots,
        Map<Integer, Hole> nodeHoles,
        Map<Integer, Hole> textHoles) {
    public Pattern {
        roots = List.copyOf(roots);
        nodeHoles = inOrder(nodeHoles);
        textHoles = inOrder(textHoles);
    }

    /** One order in every process: patterns are written as bytes. */
    private static Map<Integer, Hole> inOrder(Map<Integer, Hole> holes) {
        return Collections.unmodifiableMap(new TreeMap<>(holes));
    }

    /** The name that is all of the pattern, if it is one. */
    public Optional<String> plainName() {
        int root = roots.getFirst();
        return roots.size() == 1
                        && tree.kind(root) == NodeKind.NAME_EXPR
                        && !nodeHoles.containsKey(root)
                        && !textHoles.containsKey(root)
                ? Optional.of(tree.text(root))
                : Optional.empty();
    }

    /** Calls with each hole at or below the roots, and its node. */
    void forEachHole(ObjIntConsumer<Hole> action) {
        for (int root : roots) {
            int node = root;
            while (node < tree.subtreeEnd(root)) {
                Hole whole = nodeHoles.get(node);
                Hole hole = whole == null ? textHoles.get(node) : whole;
                if (hole != null) {
                    action.accept(hole, node);
                }
                node = whole == null ? node + 1 : tree.subtreeEnd(node);
            }
        }
    }
}
