package io.tidescope.tree.match;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.Comment;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.NodeTexts;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is of one shape to ast-grep, and so to who writes a pattern, but of several in JavaParser's
 * tree:
 *
 * <ul>
 *   <li>{@code $X -> $B} is any lambda: {@code $X} are its parameters, whatever their form;
 *   <li>{@code @A($V)} is also {@code @A(name = value)}: {@code $V} is then the pair;
 *   <li>{@code switch} is a statement or an expression;
 *   <li>a statement that declares a variable is also in the head of a {@code for};
 *   <li>{@code $T $N}, both holes, is a parameter with any modifiers;
 *   <li>{@code catch (A $E)} is also {@code catch (A | B e)};
 *   <li>{@code new} in {@code A::new} is no name.
 * </ul>
 */
final class Shapes {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    private Shapes() {}

    /** The other shape of a pattern's node; null when it has none. */
    static @Nullable PatternNode other(PatternNode node) {
        return switch (node.kind()) {
            case LAMBDA_EXPR -> {
                PatternNode parameter = node.children().getFirst();
                Slot name = parameter.textHole();
                yield node.attributes() == 0 && parameter.role() == Role.PARAMETERS && name != null
                        ? node.as(
                                NodeKind.LAMBDA_EXPR,
                                Attributes.bit(
                                        NodeKind.LAMBDA_EXPR, AttributeField.ENCLOSING_PARAMETERS),
                                List.of(
                                        parameter.filling(Role.PARAMETERS, name.forMany()),
                                        node.children().getLast()))
                        : null;
            }
            case SINGLE_MEMBER_ANNOTATION_EXPR -> {
                PatternNode value = node.children().getLast();
                Slot hole = value.hole();
                yield hole != null
                        ? node.as(
                                NodeKind.NORMAL_ANNOTATION_EXPR,
                                0,
                                List.of(
                                        node.children().getFirst(),
                                        value.filling(Role.PAIRS, hole)))
                        : null;
            }
            case SWITCH_STMT -> node.as(NodeKind.SWITCH_EXPR, 0, node.children());
            default -> null;
        };
    }

    /** The kinds of the nodes that a pattern's node, which is no hole, may stand for. */
    static Set<NodeKind> kinds(Pattern pattern, int node) {
        SyntaxTree tree = pattern.tree();
        NodeKind kind = tree.kind(node);
        Set<NodeKind> kinds = EnumSet.of(kind);
        if (kind == NodeKind.SINGLE_MEMBER_ANNOTATION_EXPR
                && pattern.nodeHoles().containsKey(tree.subtreeEnd(node + 1))) {
            kinds.add(NodeKind.NORMAL_ANNOTATION_EXPR);
        } else if (kind == NodeKind.SWITCH_STMT) {
            kinds.add(NodeKind.SWITCH_EXPR);
        } else if (declaresVariable(tree, node)) {
            kinds.add(NodeKind.VARIABLE_DECLARATION_EXPR);
        }
        return kinds;
    }

    /**
     * Whether a parameter of a pattern, of which neither type nor name is said, has any modifiers.
     */
    static boolean hasAnyModifiers(NodeKind kind, @Nullable Slot name, List<PatternNode> children) {
        return kind == NodeKind.PARAMETER
                && name != null
                && children.getFirst().role() == Role.TYPE
                && children.getFirst().hole() != null;
    }

    /** Whether a pattern's node is the name that stands for any parameters of a lambda. */
    static boolean standsForParameters(Pattern pattern, int node) {
        SyntaxTree tree = pattern.tree();
        return tree.kind(node) == NodeKind.PARAMETER
                && pattern.textHoles().containsKey(node)
                && tree.subtreeSize(node) == 2
                && tree.kind(node + 1) == NodeKind.UNKNOWN_TYPE;
    }

    static boolean declaresVariable(PatternNode node) {
        return node.kind() == NodeKind.EXPRESSION_STMT
                && !node.children().isEmpty()
                && node.children().getFirst().kind() == NodeKind.VARIABLE_DECLARATION_EXPR;
    }

    private static boolean declaresVariable(SyntaxTree tree, int node) {
        return tree.kind(node) == NodeKind.EXPRESSION_STMT
                && tree.kind(node + 1) == NodeKind.VARIABLE_DECLARATION_EXPR;
    }

    static boolean isInHeadOfFor(SyntaxTree tree, int node) {
        return tree.role(node) == Role.INITIALIZATION
                && tree.kind(node) == NodeKind.VARIABLE_DECLARATION_EXPR;
    }

    /** Where the first semicolon behind a node ends that is in no comment. */
    static int behindSemicolon(SyntaxTree tree, int node) {
        ByteBuffer source = tree.source();
        List<Comment> comments = tree.comments();
        int at = tree.end(node);
        int next = firstFrom(comments, at);
        while (at < source.limit()) {
            if (next < comments.size() && comments.get(next).start() == at) {
                at = comments.get(next++).end();
            } else if (source.get(at++) == ';') {
                return at;
            }
        }
        return source.limit();
    }

    /** The index of the first comment that does not begin before a byte. */
    private static int firstFrom(List<Comment> comments, int start) {
        int low = 0;
        int high = comments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (comments.get(middle).start() < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first type of a union where one type is wanted. */
    static int firstOfUnion(SyntaxTree tree, int node, NodeKind wanted) {
        return tree.kind(node) == NodeKind.UNION_TYPE && wanted != NodeKind.UNION_TYPE
                ? node + 1
                : node;
    }

    /** Whether a name would be the keyword of a reference to a constructor. */
    static boolean isConstructor(NodeTexts texts, NodeKind kind, int node) {
        return kind == NodeKind.METHOD_REFERENCE_EXPR && texts.is(node, NEW);
    }
}
