package io.tidescope.parser.stream;

import io.tidescope.parser.parse.ParseResult.Unparseable;

import java.nio.charset.StandardCharsets;

/** The results of files for which the parser itself gave none. */
final class FailedParse {
    /** Parsing took longer than the deadline. */
    static final String TIMEOUT = "timeout";

    /** The publisher left the content out. */
    static final String REJECTED = "rejected";

    /** The file-changes record cannot be read. */
    static final String UNDECODABLE = "undecodable";

    private static final int WHOLE_FILE = -1;

    private FailedParse() {}

    /** Keeps the content as its source, decoded as UTF-8, so that it can be looked at. */
    static Unparseable of(byte[] content, String code, String message) {
        String text = new String(content, StandardCharsets.UTF_8);
        return new Unparseable(
                StandardCharsets.UTF_8.name(),
                text.getBytes(StandardCharsets.UTF_8),
                Math.toIntExact(text.lines().count()),
                code,
                message,
                WHOLE_FILE,
                WHOLE_FILE);
    }

    static Unparseable withoutContent(String code, String message) {
        return of(new byte[0], code, message);
    }
}
