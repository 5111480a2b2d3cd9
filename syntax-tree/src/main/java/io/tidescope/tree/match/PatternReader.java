package io.tidescope.tree.match;

/** Reads patterns as users write them. */
@FunctionalInterface
public interface PatternReader {
    /**
     * @throws PatternException when the text is no pattern
     */
    Pattern read(String text);
}
