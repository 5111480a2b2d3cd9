package io.tidescope.store.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The two directories of a partition's store: its home, and a spare one beside it. A store is built
 * again in whichever it is not in, and left there; the next start moves it home.
 *
 * <p>Which of them counts is told by their {@link StoreFormat}: one that is being built has none,
 * and one that was replaced is marked. Where both are whole, one was just about to be marked, and
 * either will do.
 *
 * @param home where Kafka Streams wants the store to be
 */
record StorePlaces(Path home) {
    private static final String SPARE = ".rebuilt";

    private Path spare() {
        return home.resolveSibling(home.getFileName() + SPARE);
    }

    /** The one that a store is not in. */
    Path other(Path current) {
        return current.equals(home) ? spare() : home;
    }

    /** Leaves nothing but what may be gone on with, at home. For when no store is open. */
    void settle() {
        Path spare = spare();
        try {
            if (!Files.exists(spare)) {
                return;
            }
            if (isWhole(spare) && !isWhole(home)) {
                StoreDirectory.delete(home);
                Files.move(spare, home, StandardCopyOption.ATOMIC_MOVE);
            } else {
                StoreDirectory.delete(spare);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("settling the store's directory " + home, e);
        }
    }

    private static boolean isWhole(Path directory) throws IOException {
        return StoreFormat.objection(directory).isEmpty();
    }
}
