package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A node of a pattern. Immutable.
 *
 * @param hole what stands for the node as a whole, if anything
 * @param textHole what stands for the node's text, if anything
 * @param text in UTF-8; null when it has none, or a hole
 * @param modifiersMixed whether it has modifiers or annotations: they are in the order of the
 *     source
 * @param body whether it is a body, for which a block of it alone is the same
 * @param repeats whether a name in it is also elsewhere in the rule
 * @param many whether it has, anywhere, a hole for any number of nodes
 * @param settled whether a list of nodes is compared with its children, and theirs, in one way
 *     only: there is never a choice of what a hole takes
 * @param unmentioned what a node may have beside
 * @param other the other shape that it may have in a tree, if any
 */
record PatternNode(
        NodeKind kind,
        Role role,
        int attributes,
        int comparedBits,
        @Nullable Slot hole,
        @Nullable Slot textHole,
        byte @Nullable [] text,
        List<OpenList> openLists,
        List<PatternNode> children,
        boolean modifiersMixed,
        boolean body,
        boolean repeats,
        boolean many,
        boolean settled,
        Unmentioned unmentioned,
        @Nullable PatternNode other) {
    /** What is settled is compared by recursion, which is not for what nests deeper. */
    private static final int HIGHEST_SETTLED = 50;

    /**
     * A list of a pattern whose elements are all holes for any number: it must be there.
     *
     * @param flag says in the tree that it is there and empty; 0 when there is no such list
     */
    record OpenList(Role role, int flag) {}

    /** The shape of a pattern that a node of this kind and these attributes can have. */
    PatternNode shape(NodeKind found, int bits) {
        PatternNode another = other;
        return another != null
                        && (found != kind || (bits & comparedBits) != attributes)
                        && found == another.kind
                ? another
                : this;
    }

    /** The same with other parts. */
    PatternNode as(NodeKind newKind, int newAttributes, List<PatternNode> newChildren) {
        return new PatternNode(
                newKind,
                role,
                newAttributes,
                Attributes.compared(newKind),
                null,
                textHole,
                text,
                List.of(),
                newChildren,
                modifiersMixed,
                body,
                repeats,
                newChildren.stream().anyMatch(PatternNode::many),
                areSettled(newChildren, body),
                Unmentioned.of(newKind, newChildren),
                null);
    }

    /** A hole in this one's place. */
    PatternNode filling(Role newRole, Slot newHole) {
        return new PatternNode(
                kind,
                newRole,
                attributes,
                comparedBits,
                newHole,
                null,
                null,
                List.of(),
                List.of(),
                false,
                false,
                repeats,
                newHole.many(),
                true,
                Unmentioned.NOTHING,
                null);
    }

    PatternNode withOther(@Nullable PatternNode shape) {
        return new PatternNode(
                kind,
                role,
                attributes,
                comparedBits,
                hole,
                textHole,
                text,
                openLists,
                children,
                modifiersMixed,
                body,
                repeats,
                many,
                settled && (shape == null || shape.settled),
                unmentioned,
                shape);
    }

    /**
     * Whether children are compared in one way only.
     *
     * @param body whether they may also be compared with a single statement, whatever their roles
     */
    static boolean areSettled(List<PatternNode> children, boolean body) {
        for (int i = 0; i < children.size(); i++) {
            PatternNode child = children.get(i);
            boolean last = i + 1 == children.size();
            if (child.isMany()
                    ? !last && (body || child.fits(children.get(i + 1).role()))
                    : !child.settled || child.height() >= HIGHEST_SETTLED) {
                return false;
            }
        }
        return true;
    }

    private int height() {
        return 1 + children.stream().mapToInt(PatternNode::height).max().orElse(0);
    }

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
