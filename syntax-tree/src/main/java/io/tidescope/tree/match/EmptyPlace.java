package io.tidescope.tree.match;

import io.tidescope.tree.SyntaxTree;

/**
 * Where in the source the elements of a list would stand that has none.
 *
 * @param hole what stands for them in the pattern
 * @param owner the list's parent, or a node near it
 * @param before the neighbour before the place, and {@code next} the one behind it; {@link
 *     Relatives#NONE} for none
 * @param roles whether the roles of neighbours must be the same
 */
record EmptyPlace(
        SyntaxTree tree, PatternNode hole, int owner, int before, int next, boolean roles) {
    /** Byte offset of it. */
    int offset() {
        if (before != Relatives.NONE && fits(before)) {
            return tree.end(before);
        }
        return next != Relatives.NONE && fits(next) ? tree.start(next) : inOwner();
    }

    private boolean fits(int node) {
        return !roles || hole.fits(tree.role(node));
    }

    private int inOwner() {
        int end = tree.end(owner);
        return switch (hole.role()) {
            case ANNOTATIONS, MODIFIERS -> tree.start(owner);
            case ARGUMENTS, PARAMETERS -> behindBracket(behindNameAndNeighbour(), end);
            case THROWN_EXCEPTIONS -> next == Relatives.NONE ? end : tree.start(next);
            case EXTENDED_TYPES, IMPLEMENTED_TYPES, PERMITTED_TYPES, TYPE_PARAMETERS ->
                    behindNameAndNeighbour();
            case ANONYMOUS_CLASS_BODY,
                    CLASS_BODY,
                    ENTRIES,
                    MEMBERS,
                    PAIRS,
                    STATEMENTS,
                    TYPE_ARGUMENTS,
                    VALUES ->
                    beforeBracket(end);
            default -> end;
        };
    }

    private int behindNameAndNeighbour() {
        int name = Math.max(tree.start(owner), tree.textEnd(owner));
        return before == Relatives.NONE ? name : Math.max(name, tree.end(before));
    }

    private int behindBracket(int from, int end) {
        byte[] source = tree.sourceBytes();
        for (int at = from; at < end; at++) {
            if (source[at] == '(') {
                return at + 1;
            }
        }
        return end;
    }

    private int beforeBracket(int end) {
        return switch (end == 0 ? 0 : tree.sourceBytes()[end - 1]) {
            case ')', '}', '>' -> end - 1;
            default -> end;
        };
    }
}
