package io.tidescope.tree;

/**
 * Where the text of a node stands in the source. For an identifier the tree stores its start, and
 * its length is read off the source; the place of a literal's value follows from the node's range.
 */
enum NodeText {
    NONE,
    /** An identifier somewhere inside the node. */
    IDENTIFIER,
    /** All of the node: a number as it is written. */
    LITERAL,
    /** What is between the node's first and last byte: a string or character as it is written. */
    QUOTED,
    /** What is between {@code """} and the line end behind it, and {@code """}. */
    TEXT_BLOCK;

    private static final boolean[] IDENTIFIER_PART = new boolean[256];
    private static final NodeText[] BY_KIND = new NodeText[NodeKind.values().length];

    static {
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
            IDENTIFIER_PART[b & 0xFF] = isIdentifierPart((byte) b);
        }
        for (NodeKind kind : NodeKind.values()) {
            BY_KIND[kind.ordinal()] =
                    switch (kind.textProperty()) {
                        case "" -> NONE;
                        case "value" ->
                                switch (kind) {
                                    case STRING_LITERAL_EXPR, CHAR_LITERAL_EXPR -> QUOTED;
                                    case TEXT_BLOCK_LITERAL_EXPR -> TEXT_BLOCK;
                                    default -> LITERAL;
                                };
                        default -> IDENTIFIER;
                    };
        }
    }

    static NodeText of(int kindOrdinal) {
        return BY_KIND[kindOrdinal];
    }

    /** Byte offset of the text in a node of this range, for all but identifiers. */
    int start(byte[] source, int start, int end) {
        return switch (this) {
            case NONE, IDENTIFIER, LITERAL -> start;
            case QUOTED -> Math.min(start + 1, end);
            case TEXT_BLOCK -> {
                int at = Math.min(start + 3, end);
                if (at < end && source[at] == '\r') {
                    at++;
                }
                if (at < end && source[at] == '\n') {
                    at++;
                }
                yield at;
            }
        };
    }

    /** Byte offset after the text that starts at {@code textStart} in a node that ends there. */
    int end(byte[] source, int textStart, int end) {
        return switch (this) {
            case NONE -> textStart;
            case IDENTIFIER -> identifierEnd(source, textStart);
            case LITERAL -> end;
            case QUOTED -> Math.max(textStart, end - 1);
            case TEXT_BLOCK -> Math.max(textStart, end - 3);
        };
    }

    /**
     * Byte offset after the letters, digits, {@code _}, {@code $} and non-ASCII bytes from here.
     */
    static int identifierEnd(byte[] source, int start) {
        int at = start;
        while (at < source.length && IDENTIFIER_PART[source[at] & 0xFF]) {
            at++;
        }
        return at;
    }

    private static boolean isIdentifierPart(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_'
                || b == '$'
                || b < 0;
    }
}
