package io.tidescope.app.role;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The file {@code lock} in a directory, locked while a process works there; holds the id of the
 * last process that did.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A lock without more, and what file systems have in their root. */
    private static final Set<String> NOTHING = Set.of(NAME, "lost+found");

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Locks a directory that is there; absent when another process holds it, or this one does. */
    public static Optional<DirectoryLock> tryLock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(NAME),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = lock(channel);
            return locked ? Optional.of(new DirectoryLock(channel)) : Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** The same, waiting for a process that holds it and may be ending. */
    static Optional<DirectoryLock> tryLock(Path directory, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        Optional<DirectoryLock> lock = tryLock(directory);
        while (lock.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            lock = tryLock(directory);
        }
        return lock;
    }

    /** Whether an entry of a directory is there in every one that is empty, or may be. */
    public static boolean isNothing(Path entry) {
        return NOTHING.contains(entry.getFileName().toString());
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                return false;
            }
        } catch (OverlappingFileLockException e) {
            return false;
        }
        channel.truncate(0);
        byte[] process = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(process), 0);
        return true;
    }

    /** The process that holds a directory, as far as it can be told. */
    public static String holder(Path directory) {
        try {
            String holder = Files.readString(directory.resolve(NAME)).strip();
            return holder.isEmpty() ? "?" : holder;
        } catch (IOException e) {
            return "?";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock a directory", e);
        }
    }
}
