package io.tidescope.app.standalone;

import io.tidescope.app.role.DirectoryLock;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory that holds everything the embedded mode keeps, locked for one process.
 *
 * <p>Holds {@code VERSION} (format of the directory, decimal), {@code lock} (locked while in use;
 * the process id of the last holder), {@code .gitignore} (so that it never shows up in the
 * repository it may stand in), {@code endpoints} (see {@link Endpoints}), {@code node-id}, {@code
 * broker/}, {@code store/} ({@code store-NAME/} of an index that has a name), {@code logs/} and,
 * once there was a replay, {@code index} (see {@link IndexNote}); that of a cluster {@code
 * brokers/} and {@code nodes/} instead of the first three of these.
 *
 * <p>Versions: 1 (2026-11) first.
 */
public final class DataDirectory implements AutoCloseable {
    static final int VERSION = 1;

    private final Path root;
    private final DirectoryLock lock;

    private DataDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens the directory and locks it; makes it when it is missing or empty.
     *
     * @throws TideScopeException PRECONDITION_FAILED when another process holds it or it is not
     *     TideScope's, UNSUPPORTED_VERSION when it was written in another format
     */
    public static DataDirectory open(Path directory) {
        return openUnlessHeld(directory).orElseThrow(() -> held(directory));
    }

    /** The same, but absent when another process holds it. */
    public static Optional<DataDirectory> openUnlessHeld(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            requireOurs(root);
            Files.createDirectories(root.resolve("logs"));
            Optional<DirectoryLock> lock = DirectoryLock.tryLock(root);
            return lock.isEmpty() ? Optional.empty() : Optional.of(prepare(root, lock.get()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the data directory " + root, e);
        }
    }

    private static void requireOurs(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw refusal(root + " is not a directory; choose another with --data");
        }
        if (!Files.exists(root) || Files.exists(root.resolve("VERSION"))) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            // A first start that was killed leaves what this class makes before VERSION.
            boolean foreign =
                    entries.filter(entry -> !DirectoryLock.isNothing(entry))
                            .anyMatch(entry -> !entry.getFileName().toString().equals("logs"));
            if (foreign) {
                throw refusal(
                        root
                                + " is not empty and not a TideScope data directory (it has no"
                                + " VERSION); choose another with --data");
            }
        }
    }

    private static DataDirectory prepare(Path root, DirectoryLock lock) throws IOException {
        try {
            requireVersion(root);
            Files.writeString(root.resolve(".gitignore"), "*\n");
            return new DataDirectory(root, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static TideScopeException held(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        return refusal(
                "the data directory "
                        + root
                        + " is in use by process "
                        + DirectoryLock.holder(root)
                        + "; stop that one or choose another with --data");
    }

    private static void requireVersion(Path root) throws IOException {
        Path file = root.resolve("VERSION");
        if (!Files.exists(file)) {
            Files.writeString(file, VERSION + "\n");
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(Integer.toString(VERSION))) {
            throw new TideScopeException(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "the data directory "
                            + root
                            + " has format "
                            + found
                            + " and this TideScope reads format "
                            + VERSION
                            + "; use the TideScope that wrote it, or another directory with"
                            + " --data");
        }
    }

    private static TideScopeException refusal(String message) {
        return new TideScopeException(ErrorCode.PRECONDITION_FAILED, message);
    }

    /**
     * Refuses a directory that holds what it should not.
     *
     * @throws TideScopeException PRECONDITION_FAILED
     */
    public void requireWithout(Path other, String why) {
        if (Files.exists(other)) {
            throw refusal("the data directory " + root + " " + why);
        }
    }

    /** A name for the node that works here, the same after every start and unlike any other's. */
    String nodeId() throws IOException {
        Path file = root.resolve("node-id");
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID() + "\n");
        }
        return Files.readString(file).strip();
    }

    public Path root() {
        return root;
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path broker() {
        return root.resolve("broker");
    }

    /** Of a cluster of many processes. */
    public Path brokers() {
        return root.resolve("brokers");
    }

    /** Of an index, by its name. */
    Path store(String index) {
        return root.resolve(index.isEmpty() ? "store" : "store-" + index);
    }

    /** Removes the store of an index that is not used. */
    void removeStore(String index) throws IOException {
        Path gone = store(index);
        if (!Files.exists(gone)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(gone)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    /** Unlocks it. */
    @Override
    public void close() {
        lock.close();
    }
}
