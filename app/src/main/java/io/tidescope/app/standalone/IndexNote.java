package io.tidescope.app.standalone;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * Which index answers, in the file {@code index} of a data directory; without it the first one.
 *
 * @param live its name
 * @param beside name of another one that is made, or no longer used: whoever finds it at a start
 *     removes it. Null for none
 */
record IndexNote(String live, @Nullable String beside) {
    /** Of a directory in which there was no replay. */
    static final IndexNote FIRST = new IndexNote("", null);

    private static final String FILE = "index";
    private static final String LIVE = "live";
    private static final String BESIDE = "beside";

    IndexNote {
        requireName(live);
        if (beside != null) {
            requireName(beside);
        }
    }

    private static void requireName(String name) {
        if (!name.matches(Namespace.INDEX)) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "the data directory names an index '%s'".formatted(name));
        }
    }

    static IndexNote read(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return FIRST;
        }
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        String live = values.getProperty(LIVE);
        if (live == null) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "%s does not say which index answers".formatted(file));
        }
        return new IndexNote(live, values.getProperty(BESIDE));
    }

    /** Replaces what the directory says, all at once and to stay. */
    void write(Path dataDirectory) throws IOException {
        Path next = dataDirectory.resolve(FILE + ".next");
        String text =
                LIVE + "=" + live + "\n" + (beside == null ? "" : BESIDE + "=" + beside + "\n");
        Files.writeString(next, text);
        try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(
                next,
                dataDirectory.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        // That it has this name now stands in the directory.
        try (FileChannel directory = FileChannel.open(dataDirectory, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** With the name that the next index gets. */
    IndexNote begun() {
        return new IndexNote(live, live.isEmpty() ? "1" : Long.toString(Long.parseLong(live) + 1));
    }

    /** With the one beside answering, and the one that did left over. */
    IndexNote switched() {
        if (beside == null) {
            throw new IllegalStateException("there is no index beside " + live);
        }
        return new IndexNote(beside, live);
    }

    /** Without any beside. */
    IndexNote alone() {
        return new IndexNote(live, null);
    }
}
