package io.tidescope.store.query;

import io.tidescope.tree.LineIndex;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** A document's source, as the lines that hits show of it. */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record SourceLines(byte[] source, LineIndex index) {
    /** UTF-8 bytes that one UTF-16 unit takes at most. */
    private static final int MAX_BYTES_PER_UNIT = 3;

    public static SourceLines of(byte @Nullable [] stored) {
        byte[] source = stored == null ? new byte[0] : stored;
        return new SourceLines(source, LineIndex.of(source));
    }

    /** A line without its end, at most so many UTF-16 units of it. */
    public String line(int line, int maxLength) {
        return text(index.lineStart(line), textEnd(line), maxLength);
    }

    /** Byte offset after a line, less its end. */
    public int textEnd(int line) {
        int start = index.lineStart(line);
        int end = index.lineEnd(line);
        while (end > start && (source[end - 1] == '\n' || source[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    /** What stands between two byte offsets, at most so many UTF-16 units of it. */
    public String text(int start, int end, int maxLength) {
        return text(source, start, end, maxLength);
    }

    /** What stands between two byte offsets of a source, at most so many UTF-16 units of it. */
    public static String text(byte[] source, int start, int end, int maxLength) {
        int length = Math.min(end - start, MAX_BYTES_PER_UNIT * maxLength);
        String text = new String(source, start, length, StandardCharsets.UTF_8);
        if (text.length() <= maxLength) {
            return text;
        }
        // Half of a character cannot be written as JSON.
        boolean splits = Character.isHighSurrogate(text.charAt(maxLength - 1));
        return text.substring(0, splits ? maxLength - 1 : maxLength);
    }
}
