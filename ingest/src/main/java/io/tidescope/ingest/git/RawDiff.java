package io.tidescope.ingest.git;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What {@code git diff-tree -r -z --no-renames} prints: {@code :mode SP mode SP id SP id SP status
 * NUL path NUL}, over and over.
 */
final class RawDiff {
    private RawDiff() {}

    static void read(InputStream output, Consumer<TreeChange> visitor) throws IOException {
        for (byte[] header = upToNul(output); header != null; header = upToNul(output)) {
            byte[] path = upToNul(output);
            if (header.length == 0 || header[0] != ':' || path == null) {
                throw new EOFException("git diff-tree ended in the middle of a change");
            }
            String[] fields =
                    new String(header, 1, header.length - 1, StandardCharsets.US_ASCII).split(" ");
            visitor.accept(
                    new TreeChange(
                            new RawPath(path),
                            entry(fields[0], fields[2]),
                            entry(fields[1], fields[3])));
        }
    }

    private static @Nullable TreeEntry entry(String mode, String object) {
        int bits = Integer.parseInt(mode, 8);
        return bits == 0 ? null : new TreeEntry(object, bits);
    }

    private static byte @Nullable [] upToNul(InputStream output) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = output.read(); b != 0; b = output.read()) {
            if (b < 0) {
                return null;
            }
            bytes.write(b);
        }
        return bytes.toByteArray();
    }
}
