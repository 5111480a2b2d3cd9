package io.tidescope.tree.match;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A pattern with what is looked up about its nodes, computed once. Immutable. */
final class CompiledPattern {
    /**
     * A list of a pattern whose elements are all holes for any number: it may be empty in the tree,
     * which says by a flag that there is one.
     */
    record OpenList(Role role, int flag) {}

    /**
     * A node of a pattern.
     *
     * @param number in the pattern's tree
     * @param hole what stands for the node as a whole, if anything
     * @param textHole what stands for the node's text, if anything
     * @param text in UTF-8; null when it has none, or a hole
     * @param modifiersMixed whether a hole stands for modifiers and annotations alike
     * @param body whether it is a body, for which a block of it alone is the same
     * @param repeats whether a name in it is also elsewhere in the rule
     * @param many whether it has, anywhere, a hole for any number of nodes
     */
    record Node(
            int number,
            NodeKind kind,
            Role role,
            int attributes,
            int comparedBits,
            @Nullable Hole hole,
            @Nullable Hole textHole,
            byte @Nullable [] text,
            List<OpenList> openLists,
            List<Node> children,
            boolean modifiersMixed,
            boolean body,
            boolean repeats,
            boolean many) {

        boolean isMany() {
            return hole != null && hole.many();
        }

        /** Whether it stands for annotations and modifiers alike. */
        boolean isModifiers() {
            return isMany() && Relatives.isModifier(role);
        }

        /** Whether a node of this role of the tree may stand where this one does. */
        boolean fits(Role other) {
            return role == other || (isModifiers() && Relatives.isModifier(other));
        }
    }

    private final Pattern pattern;
    private final SyntaxTree tree;
    private final Set<String> repeated;
    private final List<Node> roots;

    /**
     * @param repeated the names that are more than once in the whole rule
     */
    CompiledPattern(Pattern pattern, Set<String> repeated) {
        this.pattern = pattern;
        this.tree = pattern.tree();
        this.repeated = repeated;
        this.roots = pattern.roots().stream().map(root -> compile(root, false)).toList();
    }

    List<Node> roots() {
        return roots;
    }

    private Node compile(int number, boolean body) {
        Hole hole = pattern.nodeHoles().get(number);
        Hole textHole = pattern.textHoles().get(number);
        NodeKind kind = tree.kind(number);
        List<Node> children = hole == null ? children(number) : List.of();
        List<OpenList> openLists = openLists(kind, children);
        int compared = Attributes.compared(kind);
        for (OpenList list : openLists) {
            compared &= ~list.flag();
        }
        return new Node(
                number,
                kind,
                tree.role(number),
                tree.attributeBits(number),
                compared,
                hole,
                textHole,
                textHole == null && tree.hasText(number)
                        ? tree.text(number).getBytes(StandardCharsets.UTF_8)
                        : null,
                openLists,
                children,
                children.stream().anyMatch(Node::isModifiers),
                body,
                isRepeated(hole)
                        || isRepeated(textHole)
                        || children.stream().anyMatch(Node::repeats),
                (hole != null && hole.many()) || children.stream().anyMatch(Node::many));
    }

    private List<Node> children(int number) {
        var relatives = new Relatives(tree);
        int[] inOrder = relatives.children(number);
        for (int child : inOrder) {
            Hole hole = pattern.nodeHoles().get(child);
            if (hole != null && hole.many() && Relatives.isModifier(tree.role(child))) {
                inOrder = relatives.childrenWithModifiersMixed(number);
                break;
            }
        }
        var children = new ArrayList<Node>(inOrder.length);
        for (int child : inOrder) {
            children.add(compile(child, Bodies.isBody(tree.kind(number), tree.role(child))));
        }
        return List.copyOf(children);
    }

    private static List<OpenList> openLists(NodeKind kind, List<Node> children) {
        var lists = new ArrayList<OpenList>(0);
        addOpen(lists, Role.TYPE_ARGUMENTS, AttributeField.EMPTY_TYPE_ARGUMENTS, kind, children);
        addOpen(
                lists,
                Role.ANONYMOUS_CLASS_BODY,
                AttributeField.EMPTY_ANONYMOUS_CLASS_BODY,
                kind,
                children);
        return List.copyOf(lists);
    }

    private static void addOpen(
            List<OpenList> lists, Role role, String flag, NodeKind kind, List<Node> children) {
        List<Node> elements = children.stream().filter(child -> child.role() == role).toList();
        int bit = Attributes.bit(kind, flag);
        if (bit != 0 && !elements.isEmpty() && elements.stream().allMatch(Node::isMany)) {
            lists.add(new OpenList(role, bit));
        }
    }

    private boolean isRepeated(@Nullable Hole hole) {
        return hole != null && repeated.contains(hole.name());
    }
}
