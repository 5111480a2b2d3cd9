package io.tidescope.parser.parse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What the bytes of a file are read as, and why.
 *
 * @param encoding name of the charset
 * @param guessed whether they are neither UTF-8 nor what a byte order mark says
 * @param firstInvalid offset of the first byte that is not UTF-8; -1 when all are
 */
public record EncodingCheck(String encoding, boolean guessed, int firstInvalid) {
    private static final int CHARS = 8 * 1024;

    /** Looks at all of a file. */
    public static EncodingCheck of(byte[] content) {
        DecodedSource decoded = DecodedSource.of(content);
        return new EncodingCheck(decoded.encoding(), decoded.guessed(), firstInvalid(content));
    }

    private static int firstInvalid(byte[] content) {
        CharsetDecoder utf8 =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer chars = CharBuffer.allocate(CHARS);
        CoderResult result = utf8.decode(bytes, chars, true);
        while (result.isOverflow()) {
            chars.clear();
            result = utf8.decode(bytes, chars, true);
        }
        return result.isError() ? bytes.position() : -1;
    }
}
