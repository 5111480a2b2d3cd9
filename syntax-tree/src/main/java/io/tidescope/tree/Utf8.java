package io.tidescope.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Comparing strings with UTF-8 bytes without decoding them. */
final class Utf8 {
    private Utf8() {}

    /** Bytes of a string as UTF-8. */
    static int length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }

    /** Whether the bytes from {@code start} to {@code end} are this text. */
    static boolean matches(byte[] bytes, int start, int end, String text) {
        int length = text.length();
        if (end - start < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                return Arrays.equals(bytes, start, end, encoded, 0, encoded.length);
            }
            if (bytes[start + i] != c) {
                return false;
            }
        }
        return end - start == length;
    }
}
