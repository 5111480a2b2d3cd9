package io.tidescope.app.role;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Where a store node keeps everything; of one node, and locked for one process.
 *
 * <p>Holds {@code node-id} (whose it is), {@code lock} and {@code state/} (what Kafka Streams and
 * the store keep).
 */
final class NodeDirectory implements AutoCloseable {
    private static final String OWNER = "node-id";
    private static final String END = "\n";

    private final Path root;
    private final DirectoryLock lock;

    private NodeDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens the directory and locks it; makes it when it is missing or empty.
     *
     * @param patience for another process that holds it, and may be ending
     * @throws TideScopeException PRECONDITION_FAILED when another process holds it, it is another
     *     node's or holds something else
     */
    static NodeDirectory open(Path directory, String nodeId, Duration patience) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            requireOurs(root);
            DirectoryLock lock =
                    DirectoryLock.tryLock(root, patience)
                            .orElseThrow(
                                    () ->
                                            refusal(
                                                    "the directory %s is in use by process %s, also after %d seconds; stop that one, or give each node a store.directory of its own"
                                                            .formatted(
                                                                    root,
                                                                    DirectoryLock.holder(root),
                                                                    patience.toSeconds())));
            try {
                claim(root, nodeId);
                return new NodeDirectory(root, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("store.directory cannot be used: %s".formatted(root), e);
        }
    }

    private static void requireOurs(Path root) throws IOException {
        if (Files.exists(root.resolve(OWNER))) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            // The first start may have ended between making one and the other.
            if (!entries.allMatch(DirectoryLock::isNothing)) {
                throw refusal(
                        "the directory %s is not empty and not a store node's; choose another store.directory"
                                .formatted(root));
            }
        }
    }

    private static void claim(Path root, String nodeId) throws IOException {
        Path owner = root.resolve(OWNER);
        String found = Files.exists(owner) ? Files.readString(owner) : "";
        if (!found.endsWith(END)) {
            // Nobody's: a name without its end was never written, or is what a crash left of one.
            Files.writeString(owner, nodeId + END);
        } else if (!found.equals(nodeId + END)) {
            throw refusal(
                    "the directory %s is of node %s, not %s; set node.id or store.directory right, or delete the directory: it is made again from the topic"
                            .formatted(root, found.strip(), nodeId));
        }
    }

    private static TideScopeException refusal(String message) {
        return new TideScopeException(ErrorCode.PRECONDITION_FAILED, message);
    }

    /** What the node keeps itself. */
    Path state() {
        return root.resolve("state");
    }

    @Override
    public void close() {
        lock.close();
    }
}
