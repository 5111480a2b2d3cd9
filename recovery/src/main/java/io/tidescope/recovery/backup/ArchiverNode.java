package io.tidescope.recovery.backup;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Upkeep;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes backups by the clock, as long as it is the one of several archivers that is at work, and
 * removes those that are old enough.
 *
 * <p>It reads what comes in all the time and not only when a backup is due, so that a backup is
 * soon made, and little is lost with it. What fails is tried again; nothing here ends it.
 */
public final class ArchiverNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ArchiverNode.class);

    /** How often it looks for what has come. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Where nothing can be built upon, a full backup is made. */
    private static final Set<ErrorCode> ENDS_A_CHAIN =
            EnumSet.of(ErrorCode.NOT_FOUND, ErrorCode.PRECONDITION_FAILED, ErrorCode.CORRUPT);

    /** Each leaves behind what it wrote, for some days. */
    private static final Duration BETWEEN_FULL_ONES = Duration.ofHours(1);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final BackupSource source;
    private final Archive archive;
    private final Schedule schedule;
    private final InstantSource clock;
    private final DrillWatch drills;
    private final ArchiverMetrics metrics;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Leadership leadership;
    private volatile @Nullable Manifest newest;
    private volatile @Nullable String problem;

    /** Why the last full one that was due could not be made, while the chain before goes on. */
    private volatile @Nullable String problemOfFull;

    /**
     * @param archive where backups go; stays the caller's to close
     */
    public ArchiverNode(
            BackupSource source,
            Archive archive,
            Schedule schedule,
            InstantSource clock,
            MeterRegistry meters) {
        this.source = source;
        this.archive = archive;
        this.schedule = schedule;
        this.clock = clock;
        drills = new DrillWatch(archive, clock);
        metrics = new ArchiverMetrics(this, drills, clock, meters);
        thread = Thread.ofPlatform().name("archiver").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    /** Whether it is the one that is at work. */
    public boolean isActive() {
        Leadership current = leadership;
        return current != null && current.isHeld();
    }

    /** The newest backup that it made or found; absent when it knows of none. */
    public Optional<Manifest> newest() {
        return Optional.ofNullable(newest);
    }

    /** Why backups are not made at the moment, for people; absent when they are. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem).or(() -> Optional.ofNullable(problemOfFull));
    }

    private boolean isAllowed() {
        return !isClosed() && isActive();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void work() {
        while (!isClosed()) {
            try (Leadership current = new Leadership(source.kafka())) {
                leadership = current;
                while (!isClosed()) {
                    current.take(LOOK);
                    if (current.isHeld()) {
                        lead(current);
                    }
                }
            } catch (StoppedException e) {
                log.atInfo().log("A backup was stopped");
            } catch (RuntimeException e) {
                failed(e);
            } finally {
                leadership = null;
            }
        }
    }

    private void failed(RuntimeException e) {
        tell(e);
        pause();
    }

    private void tell(RuntimeException e) {
        problem = String.valueOf(e.getMessage());
        metrics.countFailure();
        log.atWarn()
                .addKeyValue(
                        "error_code",
                        e instanceof TideScopeException known ? known.code() : ErrorCode.INTERNAL)
                .setCause(e)
                .log("A backup could not be made; it is tried again");
    }

    private void pause() {
        try {
            boolean _ = closed.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    /** Follows the log and makes backups until another one takes over, or this one is closed. */
    private void lead(Leadership current) {
        Tail tail = open();
        Instant nextFull = Instant.EPOCH;
        try {
            while (isAllowed()) {
                Instant now = clock.instant();
                if (isDue(tail.full(), schedule.fullEvery(), now) && !now.isBefore(nextFull)) {
                    // Up to here every moment is in the chain before.
                    made(tail.backUp(), now);
                    tail.close();
                    nextFull = clock.instant().plus(BETWEEN_FULL_ONES);
                    makeScheduled();
                    tail = open();
                } else if (isDue(tail.newest(), schedule.interval(), now)) {
                    made(tail.backUp(), now);
                } else {
                    metrics.followed(tail.follow());
                }
                problem = null;
                drills.look();
                current.take(LOOK);
            }
        } finally {
            tail.close();
        }
    }

    /** Where it fails, the chain goes on until it is tried again. */
    private void makeScheduled() {
        try {
            makeFull("the last one is old");
        } catch (TideScopeException e) {
            tell(e);
            problemOfFull = problem;
        }
    }

    /** Goes on from the newest backup, or makes a full one where that cannot be done. */
    private Tail open() {
        try {
            Tail tail = new Tail(source, archive, clock, this::isAllowed);
            newest = tail.newest();
            return tail;
        } catch (TideScopeException e) {
            // What a newer version wrote is not damaged: it is left to that version.
            if (!ENDS_A_CHAIN.contains(e.code())) {
                throw e;
            }
            makeFull(String.valueOf(e.getMessage()));
            return new Tail(source, archive, clock, this::isAllowed);
        }
    }

    /** One of a clock that was ahead says nothing of how old it is. */
    private static boolean isDue(Manifest last, Duration after, Instant now) {
        return last.begunAt().isAfter(now) || !last.begunAt().plus(after).isAfter(now);
    }

    private void makeFull(String reason) {
        log.atInfo().addKeyValue("reason", reason).log("A full backup is made");
        Instant begun = clock.instant();
        made(new FullBackup(source, archive, clock, this::isAllowed).run(), begun);
        problemOfFull = null;
    }

    private void made(Manifest manifest, Instant begun) {
        newest = manifest;
        Duration took = Duration.between(begun, clock.instant());
        metrics.made(manifest, took);
        log.atInfo()
                .addKeyValue("backup", manifest.id())
                .addKeyValue("kind", manifest.kind())
                .addKeyValue("bytes", manifest.size())
                .addKeyValue("took", took)
                .log("A backup was made");
        removeOutdated();
    }

    /** Where that fails, backups are made all the same. */
    private void removeOutdated() {
        try {
            Upkeep.Removed removed = new Upkeep(archive, clock).removeOutdated(schedule.kept());
            if (!removed.backups().isEmpty()) {
                log.atInfo()
                        .addKeyValue("backups", removed.backups())
                        .addKeyValue("segments", removed.segments())
                        .log("Old backups were removed");
            }
        } catch (TideScopeException e) {
            metrics.countFailure();
            log.atWarn()
                    .addKeyValue("error_code", e.code())
                    .setCause(e)
                    .log("Old backups could not be removed");
        }
    }

    /** Ends it; a backup that is being made is given up. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
