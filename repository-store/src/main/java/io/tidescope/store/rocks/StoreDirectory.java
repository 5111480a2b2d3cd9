package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The directory of one partition's store, and whether what is in it can be gone on with: it has to
 * be of this format ({@link StoreFormat}) and of this topic ({@link StoreOrigin}).
 */
final class StoreDirectory {
    private final Path path;
    private final InstantSource clock;
    private final TopicExtent topic;
    private StoreOrigin origin;

    /**
     * Makes the directory if needed.
     *
     * @param topic the partition as it is now
     */
    StoreDirectory(Path path, TopicExtent topic, InstantSource clock) {
        this.path = path;
        this.topic = topic;
        this.clock = clock;
        origin = new StoreOrigin(topic.topic(), topic.begin(), clock.instant());
    }

    Path path() {
        return path;
    }

    /**
     * Leaves a directory in which a store can be opened: what is there, or nothing.
     *
     * @return why what was there had to be deleted; absent when it was not
     * @throws io.tidescope.schemas.TideScopeException UNSUPPORTED_VERSION when a newer TideScope
     *     wrote it
     */
    Optional<String> prepare() {
        try {
            if (!Files.isDirectory(path)) {
                begin();
                return Optional.empty();
            }
            Optional<String> objection = objection();
            if (objection.isPresent()) {
                clear();
            }
            return objection;
        } catch (IOException e) {
            throw new UncheckedIOException("preparing the store's directory " + path, e);
        }
    }

    private Optional<String> objection() throws IOException {
        Optional<String> format = StoreFormat.objection(path);
        if (format.isPresent()) {
            return format;
        }
        Optional<StoreOrigin> found = StoreOrigin.find(path);
        if (found.isEmpty()) {
            return Optional.of("nothing says which topic it was built from");
        }
        origin = found.get();
        return origin.objection(topic, clock.instant());
    }

    /** Deletes what is there, for another store to be begun. */
    void clear() {
        // What a crash leaves half deleted is not taken for a store.
        markForRebuild();
        try {
            delete(path);
            begin();
        } catch (IOException e) {
            throw new UncheckedIOException("emptying the store's directory " + path, e);
        }
    }

    private void begin() throws IOException {
        Files.createDirectories(path);
        origin = new StoreOrigin(topic.topic(), topic.begin(), clock.instant());
        declare();
    }

    private void declare() throws IOException {
        origin.write(path);
        // The last, for a directory without it is begun again.
        StoreFormat.write(path);
    }

    /** Leaves an empty directory that is taken for no store until it is {@link #complete}. */
    void beginBuilding() {
        try {
            delete(path);
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("making the store's directory " + path, e);
        }
    }

    /** What was built since this was made holds on disk what there was to apply. */
    void complete() {
        try {
            declare();
        } catch (IOException e) {
            throw new UncheckedIOException("completing the store's directory " + path, e);
        }
    }

    /** Deletes all of it. */
    void delete() {
        try {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting the store's directory " + path, e);
        }
    }

    /** Has the store deleted and built again when it is opened next. */
    void markForRebuild() {
        StoreFormat.markForRebuild(path);
    }

    /** Notes that the store holds on disk what there was to apply. */
    void markCurrent() {
        StoreOrigin next = new StoreOrigin(origin.topic(), origin.begin(), clock.instant());
        if (next.current().isBefore(origin.current().plus(topic.tolerance()))) {
            return;
        }
        try {
            next.write(path);
            origin = next;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to the store's directory " + path, e);
        }
    }

    /** Does nothing when there is none. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
