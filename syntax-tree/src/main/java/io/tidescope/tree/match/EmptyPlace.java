package io.tidescope.tree.match;

import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import java.nio.ByteBuffer;

/** Where in the source the elements of a list would stand that has none. */
final class EmptyPlace {
    private EmptyPlace() {}

    /**
     * @param expected the hole among the neighbours of the pattern
     * @param found how many neighbours in the tree are before it
     */
    static int of(SyntaxTree tree, ListStep.Place place, int expected, int found) {
        CompiledPattern.Node hole = place.pattern().get(expected);
        if (found > 0 && place.fits(hole, found - 1, tree)) {
            return tree.end(place.nodes()[found - 1]);
        }
        if (place.fits(hole, found, tree)) {
            return tree.start(place.nodes()[found]);
        }
        return inside(tree, place.owner(), hole.role());
    }

    private static int inside(SyntaxTree tree, int owner, Role role) {
        ByteBuffer source = tree.source();
        int start = tree.start(owner);
        int end = tree.end(owner);
        if (Relatives.isModifier(role) || end == start) {
            return start;
        }
        if (role == Role.PARAMETERS) {
            for (int at = Math.max(start, tree.textEnd(owner)); at < end; at++) {
                if (source.get(at) == '(') {
                    return at + 1;
                }
            }
        }
        return switch (source.get(end - 1)) {
            case ')', '}', ']', '>' -> end - 1;
            default -> end;
        };
    }
}
