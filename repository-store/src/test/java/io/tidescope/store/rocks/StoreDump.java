package io.tidescope.store.rocks;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Every key and value of a store as text, family by family: keys in ASCII with escapes, values in
 * hex, long ones as their length and their CRC32C.
 */
final class StoreDump {
    private static final int LONG_BYTES = 2000;

    private StoreDump() {}

    static String of(Database database) {
        StringBuilder dump = new StringBuilder();
        for (Family family : Family.values()) {
            dump.append(family).append('\n');
            StoreContents.forEach(
                    database,
                    family,
                    (key, value) ->
                            dump.append("  ")
                                    .append(text(key))
                                    .append("\n    ")
                                    .append(
                                            value.length > LONG_BYTES
                                                    ? checksum(value)
                                                    : hex(value))
                                    .append('\n'));
        }
        return dump.toString();
    }

    private static String hex(byte[] value) {
        return value.length == 0 ? "nothing" : HexFormat.of().formatHex(value);
    }

    private static String checksum(byte[] value) {
        var crc = new CRC32C();
        crc.update(value);
        return "%d bytes, CRC32C %08x".formatted(value.length, crc.getValue());
    }

    private static String text(byte[] key) {
        StringBuilder text = new StringBuilder();
        for (byte b : key) {
            switch (b) {
                case 0 -> text.append("\\0");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (b >= ' ' && b < 0x7F) {
                        text.append((char) b);
                    } else {
                        text.append("\\x%02x".formatted(b));
                    }
                }
            }
        }
        return text.toString();
    }
}
