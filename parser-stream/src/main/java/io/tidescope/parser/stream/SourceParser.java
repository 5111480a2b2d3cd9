package io.tidescope.parser.stream;

import io.tidescope.parser.parse.ParseResult;

/**
 * Parses the content of one file. It may take forever and throw anything, errors too: it is called
 * on threads that can be given up.
 */
@FunctionalInterface
public interface SourceParser {
    ParseResult parse(byte[] content);
}
