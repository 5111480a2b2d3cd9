package io.tidescope.parser.parse;

import io.tidescope.tree.SyntaxTree;

import java.util.List;

/** What became of a file: a tree, perhaps with problems, or a reason why there is none. */
public sealed interface ParseResult {

    /** The charset that the content was decoded with: {@code UTF-8}, {@code windows-1252} … */
    String encoding();

    /** The decoded text as UTF-8, without a byte order mark; empty when it was not decoded. */
    byte[] source();

    /** Lines of the source; what follows the last line end counts when it is not empty. */
    int lines();

    /**
     * A file with a tree.
     *
     * @param tree complete when there are no problems of syntax, else what JavaParser recovered
     * @param problems in the order of the source
     */
    record Parsed(
            String encoding, byte[] source, int lines, SyntaxTree tree, List<Problem> problems)
            implements ParseResult {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    /**
     * A file without a tree.
     *
     * @param code {@code syntax}, {@code too_large}, {@code too_deep}, {@code out_of_memory} or
     *     {@code parser_error}
     * @param message why, for a person, one line
     * @param start byte offset in the source of what is wrong; -1 when it is about the whole file
     * @param end byte offset after it; -1 when it is about the whole file
     */
    record Unparseable(
            String encoding,
            byte[] source,
            int lines,
            String code,
            String message,
            int start,
            int end)
            implements ParseResult {
        /** A larger file than is parsed. */
        public static final String TOO_LARGE = "too_large";

        /** Nested deeper than the calling thread's stack allows. */
        public static final String TOO_DEEP = "too_deep";

        /** Parsing took more memory than there was. */
        public static final String OUT_OF_MEMORY = "out_of_memory";

        /** JavaParser failed in an unexpected way. */
        public static final String PARSER_ERROR = "parser_error";
    }
}
