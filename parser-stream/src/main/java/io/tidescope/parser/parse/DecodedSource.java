package io.tidescope.parser.parse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file's content as text: UTF-8 when it is that, else what its byte order mark says, else by best
 * effort a western single-byte charset, in which every byte is a character.
 *
 * @param encoding name of the charset
 * @param text without a byte order mark
 * @param source the text as UTF-8; the content itself when that is the same
 * @param guessed whether the charset is a guess
 */
record DecodedSource(String encoding, String text, byte[] source, boolean guessed) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final char REPLACEMENT = '\uFFFD';

    /** Byte order marks, longest first: that of UTF-32LE starts with that of UTF-16LE. */
    private enum Mark {
        UTF_32BE(Charset.forName("UTF-32BE"), 0x00, 0x00, 0xFE, 0xFF),
        UTF_32LE(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0x00, 0x00),
        UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
        UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF),
        UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE);

        private final Charset charset;
        private final int[] bytes;

        Mark(Charset charset, int... bytes) {
            this.charset = charset;
            this.bytes = bytes;
        }

        boolean starts(byte[] content) {
            for (int i = 0; i < bytes.length; i++) {
                if (i >= content.length || (content[i] & 0xFF) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    static DecodedSource of(byte[] content) {
        for (Mark mark : Mark.values()) {
            if (mark.starts(content)) {
                return marked(content, mark);
            }
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0 || isValid(content, 0, StandardCharsets.UTF_8)) {
            return new DecodedSource("UTF-8", text, content, false);
        }
        return guess(content);
    }

    private static DecodedSource marked(byte[] content, Mark mark) {
        int start = mark.bytes.length;
        if (!isValid(content, start, mark.charset)) {
            return guess(mark == Mark.UTF_8 ? withoutMark(content, start) : content);
        }
        String text = new String(content, start, content.length - start, mark.charset);
        byte[] source =
                mark == Mark.UTF_8
                        ? withoutMark(content, start)
                        : text.getBytes(StandardCharsets.UTF_8);
        return new DecodedSource(mark.charset.name(), text, source, false);
    }

    private static DecodedSource guess(byte[] content) {
        Charset charset =
                isValid(content, 0, WINDOWS_1252) ? WINDOWS_1252 : StandardCharsets.ISO_8859_1;
        String text = new String(content, charset);
        return new DecodedSource(charset.name(), text, text.getBytes(StandardCharsets.UTF_8), true);
    }

    private static byte[] withoutMark(byte[] content, int length) {
        return Arrays.copyOfRange(content, length, content.length);
    }

    private static boolean isValid(byte[] content, int start, Charset charset) {
        try {
            charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content, start, content.length - start));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
