package io.tidescope.bench;

import io.tidescope.bench.AstGrep.Place;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Pattern;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A place that only one of the two finds.
 *
 * @param ours whether it is TideScope that finds it
 * @param node of TideScope's tree, that stands there or around it
 * @param captured what the holes stand for, by name, as the one that finds it says
 * @param peer what ast-grep makes of the pattern
 */
record OddPlace(
        Pattern pattern,
        ParsedFile file,
        Place place,
        boolean ours,
        int node,
        Map<String, Place> captured,
        PeerView peer) {
    static OddPlace of(
            Pattern pattern, ParsedFile file, AstGrep.Found found, boolean ours, PeerView peer) {
        return new OddPlace(
                pattern,
                file,
                found.place(),
                ours,
                nodeAt(file.tree(), found.place(), kindOf(pattern)),
                found.captured(),
                peer);
    }

    /**
     * The outermost node with this range, one of the pattern's kind before others; when there is
     * none, the innermost around it.
     */
    private static int nodeAt(SyntaxTree tree, Place place, NodeKind wanted) {
        int around = 0;
        int exact = -1;
        for (int node = 0; node < tree.nodeCount(); node++) {
            if (tree.hasRange(node)
                    && tree.start(node) <= place.start()
                    && tree.end(node) >= place.end()) {
                around = node;
                if (tree.start(node) == place.start() && tree.end(node) == place.end()) {
                    exact = exact < 0 ? node : exact;
                    if (tree.kind(node) == wanted) {
                        return node;
                    }
                }
            }
        }
        return exact < 0 ? around : exact;
    }

    private static NodeKind kindOf(Pattern pattern) {
        return pattern.tree().kind(pattern.roots().getFirst());
    }

    SyntaxTree tree() {
        return file.tree();
    }

    /** Whether a node of the place passes that is not, or not only, what a hole stands for. */
    boolean mentions(IntPredicate test) {
        return IntStream.range(node, tree().subtreeEnd(node))
                .filter(tree()::hasRange)
                .filter(n -> !isCaptured(tree().start(n), tree().end(n)))
                .anyMatch(test);
    }

    /** Whether all of a range is in what a hole stands for. */
    boolean isCaptured(int start, int end) {
        return captured.values().stream().anyMatch(hole -> hole.contains(start, end));
    }

    IntStream children(int parent) {
        return children(tree(), parent);
    }

    static IntStream children(SyntaxTree tree, int parent) {
        int end = tree.subtreeEnd(parent);
        return IntStream.iterate(parent + 1, child -> child < end, tree::subtreeEnd);
    }

    boolean is(int n, NodeKind kind) {
        return tree().kind(n) == kind;
    }

    /** The parent; the root is its own. */
    int parent(int n) {
        int above = n - 1;
        while (above > 0 && tree().subtreeEnd(above) <= n) {
            above--;
        }
        return Math.max(above, 0);
    }

    boolean hasAttribute(int n, String value) {
        return tree().attributes(n).stream().anyMatch(each -> each.value().equals(value));
    }

    /** The nodes of the pattern that are not part of a hole. */
    IntStream patternNodes() {
        return pattern.roots().stream()
                .flatMapToInt(root -> IntStream.range(root, pattern.tree().subtreeEnd(root)))
                .filter(n -> !pattern.nodeHoles().containsKey(n));
    }

    @Override
    public String toString() {
        String text = tree().sourceText(place.start(), place.end()).replaceAll("\\s+", " ");
        return "%s only %s at %s:%d-%d: %s"
                .formatted(
                        pattern.text(),
                        ours ? "TideScope" : "ast-grep",
                        place.path(),
                        place.start(),
                        place.end(),
                        text.length() > 200 ? text.substring(0, 200) + "…" : text);
    }
}
