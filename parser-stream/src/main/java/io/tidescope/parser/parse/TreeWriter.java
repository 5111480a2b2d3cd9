package io.tidescope.parser.parse;

import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.comments.Comment;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.type.ClassOrInterfaceType;

import io.tidescope.tree.CommentKind;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Positions;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.SyntaxTreeBuilder;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Optional;

/**
 * Turns JavaParser's tree of one file into a {@link SyntaxTree}. Recurses as deep as the tree is.
 *
 * <p>It also does what JavaParser leaves to a pass of its own over the whole tree: a type named
 * {@code var}, where any type may stand, becomes the type to infer.
 */
final class TreeWriter {
    private final SyntaxTreeBuilder builder;
    private final SourcePositions positions;

    private TreeWriter(SyntaxTreeBuilder builder, SourcePositions positions) {
        this.builder = builder;
        this.positions = positions;
    }

    /**
     * @param source UTF-8; not copied, so not to be changed any more
     * @param comments in the order of the source
     */
    static SyntaxTree write(
            CompilationUnit root,
            Collection<Comment> comments,
            byte[] source,
            SourcePositions positions) {
        var builder = new SyntaxTreeBuilder(source);
        var writer = new TreeWriter(builder, positions);
        writer.node(root, Role.ROOT);
        for (Comment comment : comments) {
            writer.comment(comment);
        }
        return builder.build();
    }

    private void node(Node node, Role role) {
        NodeSchema schema = NodeSchema.of(node);
        int number = builder.open(schema.kind(), role);
        range(number, node);
        if (node.getParsed() == Node.Parsedness.UNPARSABLE) {
            builder.unparsable(number);
        }
        NodeSchema.Text text = schema.text();
        if (text != null) {
            text(number, text.getter().apply(node));
        }
        int bits = 0;
        for (NodeSchema.Bits attribute : schema.attributes()) {
            bits |= attribute.read(node);
        }
        for (NodeSchema.Child child : schema.children()) {
            bits |= child(child, child.getter().apply(node));
        }
        builder.attributes(number, bits);
        builder.close(number);
    }

    /**
     * @return the attribute bits that the child sets
     */
    private int child(NodeSchema.Child child, @Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Optional<?> optional -> child(child, optional.orElse(null));
            case NodeList<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    single(child, list.get(i));
                }
                yield list.isEmpty() ? child.emptyBit() : 0;
            }
            case Node node -> {
                single(child, node);
                yield 0;
            }
            default -> throw new IllegalStateException("not a node: " + value.getClass());
        };
    }

    private void single(NodeSchema.Child child, Node node) {
        if (child.acceptsVar()
                && node instanceof ClassOrInterfaceType type
                && type.getName().getIdentifier().equals("var")) {
            int number = builder.open(NodeKind.VAR_TYPE, child.role());
            range(number, node);
            builder.close(number);
        } else {
            node(node, child.role());
        }
    }

    private void range(int number, Node node) {
        Range range = node.getRange().orElse(null);
        if (range == null) {
            return;
        }
        int start = positions.start(range.begin);
        int end = positions.end(range.end);
        if (start < 0 || end <= start) {
            builder.positions(
                    number,
                    new Positions(
                            range.begin.line,
                            range.begin.column,
                            range.end.line,
                            range.end.column));
        } else {
            builder.range(number, start, end);
        }
    }

    private void text(int number, @Nullable Object value) {
        switch (value) {
            case Optional<?> optional -> text(number, optional.orElse(null));
            case SimpleName name -> {
                Range range = name.getRange().orElse(null);
                builder.identifier(
                        number,
                        name.getIdentifier(),
                        range == null ? SourcePositions.NOWHERE : positions.start(range.begin),
                        range == null ? SourcePositions.NOWHERE : positions.end(range.end));
            }
            case String text -> builder.text(number, text);
            case null -> {}
            default -> throw new IllegalStateException("not a text: " + value.getClass());
        }
    }

    private void comment(Comment comment) {
        Range range = comment.getRange().orElse(null);
        if (range == null) {
            return;
        }
        int start = positions.start(range.begin);
        int end = positions.end(range.end);
        if (start >= 0 && end > start) {
            builder.comment(kind(comment), start, end);
        }
    }

    private static CommentKind kind(Comment comment) {
        if (comment.isMarkdownComment()) {
            return CommentKind.MARKDOWN;
        }
        if (comment.isLineComment()) {
            return CommentKind.LINE;
        }
        return comment.isBlockComment() ? CommentKind.BLOCK : CommentKind.JAVADOC;
    }
}
