package io.tidescope.parser.parse;

/** Parses the content of a Java file, whatever it is, into a syntax tree. */
public final class JavaSourceParser {
    /** Content above this many bytes is not parsed, unless told otherwise. */
    public static final int DEFAULT_LIMIT_BYTES = 16 * 1024 * 1024;

    private final int limitBytes;

    public JavaSourceParser() {
        this(DEFAULT_LIMIT_BYTES);
    }

    public JavaSourceParser(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    public ParseResult parse(byte[] content) {
        throw new UnsupportedOperationException("not built yet: " + content.length + limitBytes);
    }
}
