package io.tidescope.recovery.object;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects as files of a directory, which may be mounted from elsewhere; a slash in a name is a
 * directory in it.
 *
 * <p>An object is written under another name beside them, flushed to the disk, and then linked to
 * its own: a link is made by the file system at once, and never in place of another file, so that
 * of two writers one wins. File systems without hard links are refused when the directory is
 * opened, as nothing else they have does both.
 *
 * <p>The directory itself is never made: when it is not there, it was not mounted, and what were
 * written to the empty place would be no backup. The directory of unfinished files, which is made
 * once when it is opened, tells this later too.
 *
 * <p>As files are, no object can have the name of a directory of another: with {@code a/b} there is
 * no {@code a}. Creating it is INVALID_ARGUMENT.
 */
final class DirectoryObjects implements ObjectStore {
    /** Not a name of an object, nor of a part of one. */
    static final String UNFINISHED = ".unfinished~";

    /** No writer that lives takes that long. */
    static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    private final Path unfinished;

    /** False for what is mounted to be read only, such as a copy that somebody restores from. */
    private final boolean writable;

    private DirectoryObjects(Path directory) {
        this.directory = directory;
        this.unfinished = directory.resolve(UNFINISHED);
        this.writable = Files.isWritable(directory);
    }

    /**
     * Opens a directory that is there, and removes what writers that died have left in it. One that
     * may not be written can be read.
     *
     * @throws TideScopeException PRECONDITION_FAILED when it is not there, or its file system has
     *     no hard links
     */
    static DirectoryObjects open(Path directory, InstantSource clock) {
        DirectoryObjects objects = new DirectoryObjects(directory.toAbsolutePath());
        objects.begin(clock.instant().minus(ABANDONED));
        return objects;
    }

    private void begin(Instant abandoned) {
        try {
            if (!Files.isDirectory(directory)) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "There is no directory %s of archives: make it, or mount what belongs there"
                                .formatted(directory));
            }
            if (writable) {
                makeDirectory(unfinished);
                removeAbandoned(abandoned);
                requireLinks();
            }
        } catch (IOException e) {
            throw DirectoryFailure.of("open", directory, e);
        }
    }

    private void removeAbandoned(Instant abandoned) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
            for (Path file : files) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(abandoned)) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException e) {
                    // Its writer has just finished.
                }
            }
        }
    }

    private void requireLinks() throws IOException {
        Path file = newUnfinished();
        Path link = newUnfinished();
        Files.createFile(file);
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException | IOException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    ("The file system of %s makes no hard links, without which two writers could"
                                    + " overwrite each other: keep archives elsewhere")
                            .formatted(directory),
                    e);
        } finally {
            Files.deleteIfExists(link);
            Files.deleteIfExists(file);
        }
    }

    private Path newUnfinished() {
        return unfinished.resolve(UUID.randomUUID().toString());
    }

    @Override
    public boolean create(String name, byte[] content) {
        Path target = file(name);
        if (isImpossible(name)) {
            throw TideScopeException.invalid(
                    "name",
                    "no object can be called %s in %s: a directory or an object is in its place"
                            .formatted(name, directory));
        }
        try {
            requireWritable();
            requirePresent();
            if (Files.exists(target)) {
                return false;
            }
            Path written = newUnfinished();
            try {
                write(written, content);
                makeDirectories(name);
                return publish(written, target);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw failure("write " + name + " to", e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** One by one below the directory, which is thereby never made itself. */
    private void makeDirectories(String name) throws IOException {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            makeDirectory(directory.resolve(name.substring(0, slash)));
        }
    }

    private static void makeDirectory(Path made) throws IOException {
        try {
            Files.createDirectory(made);
        } catch (FileAlreadyExistsException e) {
            // Before, or by another writer just now.
        }
    }

    private boolean publish(Path written, Path target) throws IOException {
        boolean created = true;
        try {
            Files.createLink(target, written);
        } catch (FileAlreadyExistsException e) {
            // A network file system may ask again for a link that it has made.
            created = Files.isSameFile(target, written);
        }
        if (created) {
            flushDirectories(target);
        }
        return created;
    }

    /** All above a file, as whoever made one of them may not have come to flush it. */
    private void flushDirectories(Path file) throws IOException {
        Path above = file;
        do {
            above = above.resolveSibling("");
            try (FileChannel channel = FileChannel.open(above, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } while (!above.equals(directory));
    }

    @Override
    public Optional<byte[]> find(String name) {
        return read(name, Integer.MAX_VALUE);
    }

    @Override
    public Optional<byte[]> findBeginning(String name, int limit) {
        if (limit < 1) {
            throw TideScopeException.invalid(
                    "limit", "limit is %d, not 1 or more".formatted(limit));
        }
        return read(name, limit);
    }

    private Optional<byte[]> read(String name, int limit) {
        try (InputStream content = Files.newInputStream(file(name))) {
            return Optional.of(content.readNBytes(limit));
        } catch (IOException e) {
            if (e instanceof NoSuchFileException || isImpossible(name)) {
                requirePresent();
                return Optional.empty();
            }
            throw failure("read " + name + " in", e);
        }
    }

    @Override
    public List<StoredObject> list(String prefix) {
        ObjectNames.requirePrefix(prefix);
        requirePresent();
        try {
            return DirectoryListing.of(directory, prefix);
        } catch (IOException e) {
            throw failure("list", e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            requireWritable();
            if (isImpossible(name) || !Files.deleteIfExists(file(name))) {
                requirePresent();
            }
        } catch (IOException e) {
            throw failure("delete " + name + " in", e);
        }
    }

    private Path file(String name) {
        ObjectNames.require(name);
        return directory.resolve(name);
    }

    /** Whether a directory has this name, or a file that of a directory above. */
    private boolean isImpossible(String name) {
        if (Files.isDirectory(file(name))) {
            return true;
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (Files.isRegularFile(directory.resolve(name.substring(0, slash)))) {
                return true;
            }
        }
        return false;
    }

    private void requireWritable() {
        if (!writable) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    ("The directory %s of archives could only be read when it was opened: allow"
                                    + " this process to write there, and start it again")
                            .formatted(directory));
        }
    }

    private boolean isPresent() {
        return Files.isDirectory(writable ? unfinished : directory);
    }

    private void requirePresent() {
        if (!isPresent()) {
            throw DirectoryFailure.gone(directory);
        }
    }

    private TideScopeException failure(String what, IOException e) {
        return isPresent()
                ? DirectoryFailure.of(what, directory, e)
                : DirectoryFailure.gone(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    @Override
    public void close() {
        // Nothing is held open between calls.
    }
}
