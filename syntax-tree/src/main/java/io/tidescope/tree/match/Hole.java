package io.tidescope.tree.match;

/**
 * A place of a pattern that anything fits into.
 *
 * @param name what it is captured as; holes of one name stand for equal code; empty for one that is
 *     not captured ({@code $_} and {@code $$$})
 * @param many whether it stands for any number of neighbours in a list, none included
 */
public record Hole(String name, boolean many) {
    /** Whether what fits in is remembered. */
    public boolean captures() {
        return !name.isEmpty();
    }
}
