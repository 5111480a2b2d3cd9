package io.tidescope.schemas;

import java.nio.charset.StandardCharsets;

/** The parts of a NUL-separated key. */
final class KeyParts {
    private KeyParts() {}

    static void requireNoNul(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT, name + " must not contain a NUL character");
        }
    }

    static String[] split(byte[] bytes, int count) {
        String[] parts = new String[count];
        int start = 0;
        for (int part = 0; part < count; part++) {
            int end = start;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            boolean last = part == count - 1;
            if (last != (end == bytes.length)) {
                throw new TideScopeException(
                        ErrorCode.CORRUPT,
                        "a key of " + count + " parts was expected in " + bytes.length + " bytes");
            }
            parts[part] = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            start = end + 1;
        }
        return parts;
    }
}
