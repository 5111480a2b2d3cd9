package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The version of everything a store keeps on disk, in the file {@code FORMAT} beside it, a {@link
 * CheckedFile} of one line: the version in decimal, or {@code rebuild}.
 *
 * <p>A store of an older version, of none, or marked for it is deleted and built again from the
 * topic; one of a newer version is refused. The version changes
 *
 * <ul>
 *   <li>with the layout of any key or value: what the families hold is listed in {@link Family},
 *       and each layout's bytes are written down in the class that writes and reads them,
 *   <li>with what symbols and terms are found in a tree: documents have to be indexed alike, and
 *       what one is indexed with is made again, from its tree, to be removed ({@link
 *       StoredContent}).
 * </ul>
 *
 * <p>RocksDB has checksums over all blocks, blobs and logs, and checks them at each read; files
 * beside it have their own. {@code StoreGoldenTest} has the bytes of a whole store.
 *
 * <p>History: 1 (November 2026) had a key for each document that a name is in; what was there
 * before it has no version that can be read. 2 (November 2026) numbers documents, see {@link
 * DocumentNumber}.
 */
final class StoreFormat {
    static final int VERSION = 2;

    private static final String FILE = "FORMAT";
    private static final String REBUILD = "rebuild";

    private StoreFormat() {}

    /**
     * Why the store in a directory cannot be gone on with; absent when it can.
     *
     * @throws TideScopeException UNSUPPORTED_VERSION when a newer TideScope wrote it
     */
    static Optional<String> objection(Path directory) throws IOException {
        String text =
                CheckedFile.find(directory.resolve(FILE))
                        .filter(lines -> lines.size() == 1)
                        .map(List::getFirst)
                        .orElse("");
        if (!text.matches("[0-9]{1,9}")) {
            return Optional.of(
                    text.equals(REBUILD)
                            ? "it was found damaged"
                            : "it has no version that can be read");
        }
        int version = Integer.parseInt(text);
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
        write(directory, String.valueOf(VERSION));
    }

    /** Has the store deleted and built again when it is opened next. */
    static void markForRebuild(Path directory) {
        try {
            write(directory, REBUILD);
        } catch (IOException e) {
            throw new UncheckedIOException("marking the store for a rebuild: " + directory, e);
        }
    }

    private static void write(Path directory, String line) throws IOException {
        CheckedFile.write(directory.resolve(FILE), List.of(line));
    }
}
