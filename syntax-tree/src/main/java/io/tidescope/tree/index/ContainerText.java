package io.tidescope.tree.index;

import io.tidescope.tree.ByteReader;
import io.tidescope.tree.ByteWriter;
import io.tidescope.tree.MalformedTreeException;

/**
 * A definition's container as it is stored: most of it stands in the document's path, {@code
 * src/main/java/org/acme/Tide.java} of {@code org.acme.Tide}, and is not written again.
 *
 * <p>Bytes: {@code begin varint, length varint, rest text}. The container is the path from begin
 * on, so many UTF-16 units of it, with dots for slashes, and behind that the rest.
 */
final class ContainerText {
    private ContainerText() {}

    static void write(ByteWriter writer, String container, String path) {
        int begin = 0;
        int length = 0;
        for (int from = 0; from >= 0; from = nextPart(path, from)) {
            int shared = shared(container, path, from);
            if (shared > length) {
                begin = from;
                length = shared;
            }
        }
        writer.varint(begin);
        writer.varint(length);
        writer.text(container.substring(length));
    }

    static String read(ByteReader reader, String path) {
        int begin = reader.varint();
        int length = reader.varint();
        String rest = reader.text();
        if (begin < 0 || length < 0 || begin > path.length() - length) {
            throw new MalformedTreeException(
                    "a stored container is %d characters from %d on of the path \"%s\""
                            .formatted(length, begin, path));
        }
        return path.substring(begin, begin + length).replace('/', '.') + rest;
    }

    /** Where the part of the path begins that follows the one at an index; -1 behind the last. */
    private static int nextPart(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? -1 : slash + 1;
    }

    /** How many names of a container, in characters, the path has from an index on. */
    private static int shared(String container, String path, int from) {
        int most = Math.min(container.length(), path.length() - from);
        int names = 0;
        for (int i = 0; i < most; i++) {
            char c = path.charAt(from + i);
            if (container.charAt(i) != (c == '/' ? '.' : c)) {
                return names;
            }
            if (i + 1 == container.length() || container.charAt(i + 1) == '.') {
                names = i + 1;
            }
        }
        return names;
    }
}
