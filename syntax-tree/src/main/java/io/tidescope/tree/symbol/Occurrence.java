package io.tidescope.tree.symbol;

/**
 * A name at a place in a document. The type of {@code List a, b;} occurs once, though each variable
 * of the tree has its own copy.
 *
 * @param name the identifier
 * @param role how it is used there
 * @param start byte offset of the identifier in the source
 */
public record Occurrence(String name, OccurrenceRole role, int start) {
    /**
     * Whether it is one of the words that trees have in the place of a name, and is no occurrence.
     */
    public static boolean isKeyword(String name) {
        return switch (name) {
            case "_", "this", "super", "new" -> true;
            default -> false;
        };
    }
}
