package io.tidescope.parser.parse;

/** A source turned out to be better parsed as it is. */
final class NotPlainException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
