package io.tidescope.tree;

/** Bytes that are not a syntax tree this version can read: damaged, or written by a newer one. */
public final class MalformedTreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedTreeException(String message) {
        super(message);
    }

    MalformedTreeException(String message, Throwable cause) {
        super(message, cause);
    }
}
