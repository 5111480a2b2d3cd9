package io.tidescope.store.rocks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small text file that is found whole and undamaged or not at all.
 *
 * <p>Bytes, in ASCII: some lines, and the CRC32C of all bytes before it in eight hex digits as the
 * last; each with a line feed.
 */
final class CheckedFile {
    private CheckedFile() {}

    /** The lines without the last; absent when there is no such file or it is not as it was. */
    static Optional<List<String>> find(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        return text.substring(last).equals(checksum(text.substring(0, last)))
                ? Optional.of(text.substring(0, last).lines().toList())
                : Optional.empty();
    }

    /** Takes the place of the file before, as a whole or not at all. */
    static void write(Path file, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text + checksum(text), StandardCharsets.ISO_8859_1);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return "%08x\n".formatted(crc.getValue());
    }
}
