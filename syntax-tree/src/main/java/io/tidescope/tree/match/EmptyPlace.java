package io.tidescope.tree.match;

import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

/** Where in the source the elements of a list would stand that has none. */
final class EmptyPlace {
    private EmptyPlace() {}

    /**
     * @param expected the hole among the neighbours of the pattern
     * @param found how many neighbours in the tree are before it
     */
    static int of(SyntaxTree tree, ListStep.Place place, int expected, int found) {
        PatternNode hole = place.pattern().get(expected);
        if (found > 0 && place.fits(hole, found - 1, tree)) {
            return tree.end(place.nodes()[found - 1]);
        }
        if (place.fits(hole, found, tree)) {
            return tree.start(place.nodes()[found]);
        }
        return inOwner(tree, place, hole.role(), found);
    }

    private static int inOwner(SyntaxTree tree, ListStep.Place place, Role role, int found) {
        int owner = place.owner();
        int end = tree.end(owner);
        int name = Math.max(tree.start(owner), tree.textEnd(owner));
        int before = found > 0 ? Math.max(name, tree.end(place.nodes()[found - 1])) : name;
        return switch (role) {
            case ANNOTATIONS, MODIFIERS -> tree.start(owner);
            case ARGUMENTS, PARAMETERS -> behindBracket(tree, before, end);
            case THROWN_EXCEPTIONS ->
                    found < place.nodes().length ? tree.start(place.nodes()[found]) : end;
            case EXTENDED_TYPES, IMPLEMENTED_TYPES, PERMITTED_TYPES, TYPE_PARAMETERS -> before;
            case ANONYMOUS_CLASS_BODY,
                    CLASS_BODY,
                    ENTRIES,
                    MEMBERS,
                    PAIRS,
                    STATEMENTS,
                    TYPE_ARGUMENTS,
                    VALUES ->
                    beforeBracket(tree, end);
            default -> end;
        };
    }

    private static int behindBracket(SyntaxTree tree, int from, int end) {
        byte[] source = tree.sourceBytes();
        for (int at = from; at < end; at++) {
            if (source[at] == '(') {
                return at + 1;
            }
        }
        return end;
    }

    private static int beforeBracket(SyntaxTree tree, int end) {
        return switch (end == 0 ? 0 : tree.sourceBytes()[end - 1]) {
            case ')', '}', '>' -> end - 1;
            default -> end;
        };
    }
}
