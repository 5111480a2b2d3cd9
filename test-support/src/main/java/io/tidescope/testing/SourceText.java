package io.tidescope.testing;

import com.github.javaparser.Position;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A file's text as the index promises to see it: UTF-8 where it is, else windows-1252, without a
 * byte order mark; and the way from JavaParser's lines and columns to byte offsets in its UTF-8.
 */
final class SourceText {
    private static final Charset FALLBACK = Charset.forName("windows-1252");

    private final String text;

    /** Byte offset of every UTF-16 unit, and one more for the end. */
    private final int[] byteOffsets;

    /** Index of the first UTF-16 unit of every line. */
    private final int[] lineStarts;

    private final int lines;

    SourceText(byte[] content) {
        String decoded = decode(content);
        text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
        byteOffsets = new int[text.length() + 1];
        lineStarts = new int[text.length() + 2];
        int line = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            byteOffsets[i + 1] = byteOffsets[i] + utf8Bytes(c);
            boolean lineEnds =
                    c == '\n'
                            || (c == '\r'
                                    && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
            if (lineEnds) {
                lineStarts[++line] = i + 1;
            }
        }
        lines = lineStarts[line] < text.length() ? line + 1 : line;
    }

    String text() {
        return text;
    }

    /** Lines; what follows the last line end counts when it is not empty. */
    int lines() {
        return lines;
    }

    /** Byte offset of the character at this place. */
    int start(Position position) {
        return byteOffsets[index(position)];
    }

    /** Byte offset behind the character at this place. */
    int end(Position position) {
        return byteOffsets[Math.min(index(position) + 1, text.length())];
    }

    private int index(Position position) {
        return Math.min(lineStarts[position.line - 1] + position.column - 1, text.length());
    }

    /** Half of a surrogate pair counts for half of its four bytes. */
    private static int utf8Bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    private static String decode(byte[] content) {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        try {
            return strict.decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            return new String(content, FALLBACK);
        }
    }
}
