package io.tidescope.parser.stream;

import io.tidescope.parser.parse.Cancellation;
import io.tidescope.parser.parse.ParseResult;

/**
 * Parses the content of one file. It may throw anything, errors too, and take forever though it is
 * cancelled: it is called on threads that can be given up.
 */
@FunctionalInterface
public interface SourceParser {
    ParseResult parse(byte[] content, Cancellation cancellation);
}
