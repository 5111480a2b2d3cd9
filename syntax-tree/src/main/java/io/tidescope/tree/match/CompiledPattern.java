package io.tidescope.tree.match;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A pattern with what is looked up about its nodes, computed once. Immutable. */
final class CompiledPattern {
    /** Lists that code may be without, which is not the same as one that is empty. */
    private static final Set<Role> LISTS =
            EnumSet.of(
                    Role.ANONYMOUS_CLASS_BODY,
                    Role.EXTENDED_TYPES,
                    Role.IMPLEMENTED_TYPES,
                    Role.PERMITTED_TYPES,
                    Role.RESOURCES,
                    Role.THROWN_EXCEPTIONS,
                    Role.TYPE_ARGUMENTS,
                    Role.TYPE_BOUND,
                    Role.TYPE_PARAMETERS);

    private final Pattern pattern;
    private final SyntaxTree tree;
    private final Relatives relatives;
    private final HoleNames names;
    private final List<PatternNode> roots;

    /**
     * @param names those of the whole rule
     */
    CompiledPattern(Pattern pattern, HoleNames names) {
        this.pattern = pattern;
        this.tree = pattern.tree();
        this.relatives = new Relatives(tree);
        this.names = names;
        this.roots = pattern.roots().stream().map(root -> compile(root, false)).toList();
    }

    List<PatternNode> roots() {
        return roots;
    }

    private PatternNode compile(int number, boolean body) {
        Hole hole = pattern.nodeHoles().get(number);
        Hole textHole = pattern.textHoles().get(number);
        NodeKind kind = tree.kind(number);
        List<PatternNode> children = hole == null ? children(number) : List.of();
        List<PatternNode.OpenList> openLists = openLists(kind, children);
        int compared = Attributes.compared(kind) & ~unmentionedBody(kind, number);
        for (PatternNode.OpenList list : openLists) {
            compared &= ~list.flag();
        }
        var node =
                new PatternNode(
                        kind,
                        tree.role(number),
                        tree.attributeBits(number),
                        compared,
                        names.slot(hole),
                        names.slot(textHole),
                        textHole == null && tree.hasText(number)
                                ? tree.text(number).getBytes(StandardCharsets.UTF_8)
                                : null,
                        openLists,
                        children,
                        children.stream().anyMatch(child -> Relatives.isModifier(child.role())),
                        body,
                        names.isRepeated(hole)
                                || names.isRepeated(textHole)
                                || children.stream().anyMatch(PatternNode::repeats),
                        (hole != null && hole.many())
                                || children.stream().anyMatch(PatternNode::many),
                        PatternNode.areSettled(children, body),
                        Shapes.hasAnyModifiers(kind, names.slot(textHole), children)
                                ? Unmentioned.of(kind, children).withAnyModifiers()
                                : Unmentioned.of(kind, children),
                        null);
        return hole == null ? node.withOther(Shapes.other(node)) : node;
    }

    /** The flag of an empty body of an anonymous class, when the pattern does not have it. */
    private int unmentionedBody(NodeKind kind, int number) {
        int flag = Attributes.bit(kind, AttributeField.EMPTY_ANONYMOUS_CLASS_BODY);
        return tree.attributeBits(number) & flag ^ flag;
    }

    private List<PatternNode> children(int number) {
        int[] inOrder = relatives.childrenWithModifiersMixed(number);
        var children = new ArrayList<PatternNode>(inOrder.length);
        for (int child : inOrder) {
            children.add(compile(child, Bodies.isBody(tree.kind(number), tree.role(child))));
        }
        return List.copyOf(children);
    }

    private static List<PatternNode.OpenList> openLists(NodeKind kind, List<PatternNode> children) {
        var lists = new ArrayList<PatternNode.OpenList>(0);
        for (Role role : LISTS) {
            List<PatternNode> elements =
                    children.stream().filter(child -> child.role() == role).toList();
            if (!elements.isEmpty() && elements.stream().allMatch(PatternNode::isMany)) {
                lists.add(new PatternNode.OpenList(role, emptyFlag(kind, role)));
            }
        }
        return List.copyOf(lists);
    }

    private static int emptyFlag(NodeKind kind, Role role) {
        return switch (role) {
            case TYPE_ARGUMENTS -> Attributes.bit(kind, AttributeField.EMPTY_TYPE_ARGUMENTS);
            case ANONYMOUS_CLASS_BODY ->
                    Attributes.bit(kind, AttributeField.EMPTY_ANONYMOUS_CLASS_BODY);
            default -> 0;
        };
    }
}
