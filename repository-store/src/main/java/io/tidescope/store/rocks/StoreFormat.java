package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The version of everything a store keeps on disk, in the file {@code FORMAT} beside it: a decimal
 * number and a line feed.
 *
 * <p>A store of an older version, or one that is marked for it, is deleted and built again from the
 * topic; one of a newer version is refused. The version changes with every key and value layout,
 * and with what symbols are found in a tree, for all documents have to be indexed alike.
 *
 * <ul>
 *   <li>1 (2026-11-23): the first, in no release
 *   <li>2 (2026-11-24): terms; what a document's tree contains stands in its entry
 *   <li>3 (2026-11-24): names with escapes in them; documents with damaged trees have a term
 * </ul>
 */
final class StoreFormat {
    static final int VERSION = 3;

    private static final String FILE = "FORMAT";
    private static final String REBUILD = "rebuild\n";

    private StoreFormat() {}

    /**
     * Why the store in a directory cannot be gone on with; absent when it can.
     *
     * @throws TideScopeException UNSUPPORTED_VERSION when a newer TideScope wrote it
     */
    static Optional<String> objection(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        String text = Files.exists(file) ? Files.readString(file) : "";
        if (!text.matches("[0-9]{1,9}\n")) {
            return Optional.of(text.equals(REBUILD) ? "it was found damaged" : "it has no version");
        }
        int version = Integer.parseInt(text.trim());
        if (version > VERSION) {
            throw new TideScopeException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    ("the store in %s has format %d, this version of TideScope writes %d;"
                                    + " start the newer version, or delete the directory to have it"
                                    + " built again")
                            .formatted(directory, version, VERSION));
        }
        return version == VERSION
                ? Optional.empty()
                : Optional.of("it has format %d, not %d".formatted(version, VERSION));
    }

    static void write(Path directory) throws IOException {
        Files.writeString(directory.resolve(FILE), VERSION + "\n");
    }

    /** Has the store deleted and built again when it is opened next. */
    static void markForRebuild(Path directory) {
        try {
            Files.writeString(directory.resolve(FILE), REBUILD);
        } catch (IOException e) {
            throw new UncheckedIOException("marking the store for a rebuild: " + directory, e);
        }
    }
}
