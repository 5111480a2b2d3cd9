package io.tidescope.query.access;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What stands in files that somebody replaces now and then, such as tokens, keys and certificates.
 *
 * <p>They are read again when one of them has changed, which whoever uses it looks for, once a
 * second. Files that cannot be read, or do not go together, change nothing: what was read last
 * holds, the log says so once, and {@code tide_scope_ast_files_unusable} is 1 until they can be
 * used. Safe for concurrent use.
 */
public final class WatchedFiles<T> {
    private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String name;
    private final List<Path> files;
    private final Supplier<T> reading;
    private final InstantSource clock;
    private volatile T current;
    private volatile boolean unusable;
    private List<Version> seen;
    private long lookedMillis;

    /**
     * Which file it was; a directory entry that leads elsewhere is another one.
     *
     * @param key null where files have none
     */
    private record Version(FileTime modified, long size, @Nullable Object key) {
        private static final Version ABSENT = new Version(FileTime.fromMillis(0), -1, null);

        static Version of(Path file) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class);
                return new Version(
                        attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                return ABSENT;
            }
        }
    }

    /**
     * Reads them for the first time.
     *
     * @param name what stands in them, as a label of metrics has it
     * @param reading reads all of them; fails with a {@link TideScopeException} that says what is
     *     wrong, and no secret
     * @throws TideScopeException as {@code reading} does
     */
    public WatchedFiles(
            String name,
            List<Path> files,
            Supplier<T> reading,
            InstantSource clock,
            MeterRegistry meters) {
        this.name = name;
        this.files = List.copyOf(files);
        this.reading = reading;
        this.clock = clock;
        seen = versions(files);
        current = reading.get();
        lookedMillis = clock.millis();
        // Whoever asks for the gauge looks as well, for there may be nobody else for hours.
        Gauge.builder("tide_scope_ast_files_unusable", this, WatchedFiles::unusable)
                .description(
                        "1 while files that have changed cannot be used, and what was in them"
                                + " before holds")
                .tag("files", name)
                .strongReference(true)
                .register(meters);
    }

    /** What stands in them, or did when they could be used last. */
    public T current() {
        lookAgain();
        return current;
    }

    private double unusable() {
        lookAgain();
        return unusable ? 1 : 0;
    }

    private synchronized void lookAgain() {
        long now = clock.millis();
        // A clock that was set back must not keep alive what was taken out.
        if (Math.abs(now - lookedMillis) < LOOK.toMillis()) {
            return;
        }
        lookedMillis = now;
        // Before they are read: what changes meanwhile is read the next time.
        List<Version> there = versions(files);
        boolean same = there.equals(seen);
        if (same && !unusable) {
            return;
        }
        seen = there;
        try {
            current = reading.get();
            unusable = false;
            log.atInfo().addKeyValue("files", name).log("Files that have changed were read again");
        } catch (RuntimeException e) {
            unusable = true;
            if (same) {
                return; // told; tried again for what no change shows, such as a right to read
            }
            log.atError()
                    .addKeyValue("files", name)
                    // Others may have a piece of what stands in the file in their messages.
                    .addKeyValue(
                            "reason",
                            e instanceof TideScopeException
                                    ? e.getMessage()
                                    : e.getClass().getSimpleName())
                    .log("Files that have changed cannot be used; what was in them before holds");
        }
    }

    private static List<Version> versions(List<Path> files) {
        List<Version> versions = new ArrayList<>();
        files.forEach(file -> versions.add(Version.of(file)));
        return versions;
    }
}
