package io.tidescope.parser.parse;

import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.type.ClassOrInterfaceType;

import io.tidescope.tree.Comment;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.SyntaxTreeBuilder;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * Turns JavaParser's tree of one file into a {@link SyntaxTree}. Recurses as deep as the tree is.
 *
 * <p>It also does what JavaParser leaves to a pass of its own over the whole tree: a type named
 * {@code var}, where any type may stand, becomes the type to infer.
 *
 * <p>JavaParser's positions and names are scattered over memory that has left the caches by now. So
 * the walk over the tree only collects them, and loops over what it collected read them: there the
 * processor waits for many of them at a time.
 */
final class TreeWriter {
    private final SyntaxTreeBuilder builder;
    private final SourcePositions positions;
    private @Nullable Range[] ranges = new @Nullable Range[1024];
    private @Nullable Object[] texts = new @Nullable Object[1024];
    private int count;

    private TreeWriter(SyntaxTreeBuilder builder, SourcePositions positions) {
        this.builder = builder;
        this.positions = positions;
    }

    /**
     * @param source UTF-8; not copied, so not to be changed any more
     * @param comments in the order of the source
     * @throws NotPlainException when a node is outside of the positions and they are of parts
     */
    static SyntaxTree write(
            CompilationUnit root,
            List<Comment> comments,
            byte[] source,
            SourcePositions positions) {
        var builder = new SyntaxTreeBuilder(source);
        var writer = new TreeWriter(builder, positions);
        writer.node(root, Role.ROOT);
        writer.writeRanges();
        writer.writeTexts();
        comments.forEach(builder::comment);
        return builder.build();
    }

    /** Reads no more properties than it takes to find all children that the node counts. */
    private void node(Node node, Role role) {
        NodeSchema schema = NodeSchema.of(node);
        int number = open(schema.kind(), role, node);
        if (node.getParsed() == Node.Parsedness.UNPARSABLE) {
            builder.unparsable(number);
        }
        int left = node.getChildNodes().size();
        NodeSchema.Text text = schema.text();
        if (text != null) {
            Object value = text.read(node);
            texts[number] = value;
            left -= text.named() && value != null ? 1 : 0;
        }
        int bits = 0;
        for (NodeSchema.Bits attribute : schema.attributes()) {
            bits |= attribute.read(node);
        }
        for (NodeSchema.Child child : schema.children()) {
            if (left > 0 || child.emptyBit() != 0) {
                Object value = child.read(node);
                if (value instanceof NodeList<?> list) {
                    for (int i = 0; i < list.size(); i++) {
                        child(child, list.get(i));
                    }
                    left -= list.size();
                    bits |= list.isEmpty() ? child.emptyBit() : 0;
                } else if (value instanceof Node single) {
                    child(child, single);
                    left--;
                }
            }
        }
        builder.attributes(number, bits);
        builder.close(number);
    }

    private void child(NodeSchema.Child child, Node node) {
        if (child.acceptsVar()
                && node instanceof ClassOrInterfaceType type
                && type.getName().getIdentifier().equals("var")) {
            builder.close(open(NodeKind.VAR_TYPE, child.role(), node));
        } else {
            node(node, child.role());
        }
    }

    private int open(NodeKind kind, Role role, Node node) {
        if (count == ranges.length) {
            ranges = Arrays.copyOf(ranges, count * 2);
            texts = Arrays.copyOf(texts, count * 2);
        }
        ranges[count++] = node.getRange().orElse(null);
        return builder.open(kind, role);
    }

    private void writeRanges() {
        for (int node = 0; node < count; node++) {
            Range range = ranges[node];
            if (range == null) {
                builder.nowhere(node);
                continue;
            }
            int start = positions.start(range.begin);
            int end = positions.end(range.end);
            if (start >= 0 && end > start) {
                builder.range(node, start, end);
            } else {
                builder.nowhere(node);
                builder.positions(node, positions.outside(range));
            }
        }
    }

    private void writeTexts() {
        for (int node = 0; node < count; node++) {
            Object text = texts[node];
            if (text instanceof SimpleName name) {
                Range range = name.getRange().orElse(null);
                builder.identifier(
                        node,
                        name.getIdentifier(),
                        range == null ? SourcePositions.NOWHERE : positions.start(range.begin),
                        range == null ? SourcePositions.NOWHERE : positions.end(range.end));
            } else if (text instanceof String string) {
                builder.text(node, string);
            }
        }
    }
}
