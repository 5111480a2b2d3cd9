package io.tidescope.tree.match;

/** A text that is no pattern. */
public final class PatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param message what is wrong, for the one who wrote the pattern
     * @param offset index of the character in the pattern's text where it is wrong
     */
    public PatternException(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    /** Index of the character in the pattern's text where it is wrong. */
    public int offset() {
        return offset;
    }
}
