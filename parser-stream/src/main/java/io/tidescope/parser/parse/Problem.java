package io.tidescope.parser.parse;

/**
 * Something wrong with a file that got a tree all the same.
 *
 * @param code {@link #SYNTAX} or {@link #ENCODING}
 * @param message what is wrong, for a person, one line
 * @param start byte offset in the source; -1 when it is about the whole file
 * @param end byte offset after the last byte; -1 when it is about the whole file
 */
public record Problem(String code, String message, int start, int end) {
    /** Not Java: the tree lacks what could not be understood. */
    public static final String SYNTAX = "syntax";

    /** Not UTF-8: decoded by best effort. */
    public static final String ENCODING = "encoding";
}
