package io.tidescope.ingest;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Follows one repository on a thread of its own: looks when poked, and every now and then.
 *
 * <p>Pokes coalesce: however many come during a look, one more look follows. The status may be read
 * from any thread.
 */
final class Follower implements PublishListener {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final TrackedRepository repository;
    private final IngestSettings settings;
    private final InstantSource clock;
    private final PublishPermit permit;
    private final PublishTurns.Turn turn;
    private final PublishListener listener;
    private final Publisher publisher;
    private final Mirror mirror;
    private final Thread thread;

    /** Asks for a look, and says what trace it is part of. */
    private final BlockingQueue<Context> pokes = new ArrayBlockingQueue<>(1);

    private volatile RepositoryStatus status;
    private volatile boolean stopped;
    private volatile boolean waiting;

    Follower(
            TrackedRepository repository,
            EventLog log,
            IngestSettings settings,
            InstantSource clock,
            PublishTurns.Turn turn,
            PublishListener listener) {
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
        this.permit = log.permit();
        this.turn = turn;
        this.listener = listener;
        this.publisher =
                new Publisher(repository, log, settings.limits(), clock, this, this::awaitLongTurn);
        this.mirror = new Mirror(repository.directory());
        this.status = RepositoryStatus.fresh(repository);
        this.thread = Thread.ofPlatform().name("ingest " + repository.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void poke() {
        boolean pending = !pokes.offer(Context.current());
        LOG.atDebug()
                .addKeyValue("repository", repository.name())
                .addKeyValue("pending", pending)
                .log("Poked");
    }

    RepositoryStatus status() {
        return status;
    }

    private void run() {
        Context poked = Context.root();
        try {
            while (!stopped) {
                Duration pause = look(poked);
                Context poke = awaitPoke(pause);
                LOG.atTrace().addKeyValue("poked", poke != null).log("Looking");
                poked = poke == null ? Context.root() : poke;
            }
        } catch (InterruptedException e) {
            LOG.atDebug().setCause(e).log("Stopped");
        } finally {
            boolean wasInterrupted = Thread.interrupted(); // else nothing closes in peace
            LOG.atDebug().addKeyValue("interrupted", wasInterrupted).log("Closing");
            publisher.close();
        }
    }

    /** Null when there was none for so long, or another deployment does not publish any more. */
    private @Nullable Context awaitPoke(Duration pause) throws InterruptedException {
        long until = System.nanoTime() + pause.toNanos();
        boolean elsewhere = permit.isElsewhere();
        while (true) {
            long left = Math.max(0, until - System.nanoTime());
            long wait = elsewhere ? Math.min(left, settings.poll().toNanos()) : left;
            Context poke = pokes.poll(wait, TimeUnit.NANOSECONDS);
            if (poke != null || wait == left || !permit.isElsewhere()) {
                return poke;
            }
        }
    }

    /** The pause until the next look. */
    private Duration look(Context poked) throws InterruptedException {
        try (Scope _ = poked.makeCurrent()) {
            if (repository.fetch()) {
                await(mirror::fetch); // without a turn: a slow origin must not hold up the others
            }
            if (permit.isElsewhere()) {
                publisher.rest();
                status = status.resting();
                return usualPause();
            }
            await(turn::begin);
            publisher.publish();
            succeeded();
            return usualPause();
        } catch (CancellationException e) {
            return usualPause();
        } catch (TideScopeException e) {
            return failed(e.code(), String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            // An error ends this attempt, not the following: the next one may find more memory.
            return failed(ErrorCode.INTERNAL, "publishing failed: " + e, e);
        } finally {
            turn.end();
        }
    }

    private void awaitLongTurn() {
        try {
            await(turn::becomeLong);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted before its turn");
        }
    }

    /** Something that an interrupt ends without harm. */
    @FunctionalInterface
    private interface Wait {
        void run() throws InterruptedException;
    }

    /**
     * Waits where a stop may interrupt.
     *
     * @throws CancellationException when stopped meanwhile
     */
    private void await(Wait wait) throws InterruptedException {
        waiting = true;
        try {
            if (!stopped) {
                wait.run();
            }
        } finally {
            waiting = false;
        }
        if (stopped) {
            throw new CancellationException("following was stopped");
        }
    }

    private Duration usualPause() {
        return repository.fetch() ? settings.fetchPoll() : settings.poll();
    }

    private void succeeded() {
        if (status.problem() != null) {
            LOG.atInfo().addKeyValue("repository", repository.name()).log("Publishing works again");
        }
        status = status.upToDate(clock.instant());
    }

    private Duration failed(ErrorCode code, String message, Throwable cause) {
        RepositoryStatus.Problem before = status.problem();
        status = status.failing(code, message, clock.instant());
        if (!stopped && (before == null || !before.message().equals(message))) {
            LOG.atWarn()
                    .addKeyValue("repository", repository.name())
                    .addKeyValue("error_code", code)
                    .setCause(code == ErrorCode.INTERNAL ? cause : null)
                    .log(message);
        }
        // What the user has to put right, such as a ref that does not exist or a damaged object,
        // costs little to look at again, and must not slow down the other refs.
        return code.category() == ErrorCode.Category.USER || code == ErrorCode.CORRUPT
                ? usualPause()
                : retryPause(before == null ? 1 : before.attempts() + 1);
    }

    private Duration retryPause(int attempts) {
        Duration pause = settings.poll().multipliedBy(1L << Math.min(attempts - 1, 16));
        return pause.compareTo(settings.longestRetry()) < 0 ? pause : settings.longestRetry();
    }

    @Override
    public void progressed(String name, String ref, int published, int total) {
        status = status.publishing(new RepositoryStatus.Progress(ref, published, total));
        listener.progressed(name, ref, published, total);
    }

    @Override
    public void published(PublishedRef ref) {
        status = status.published(ref, clock.instant());
        listener.published(ref);
    }

    /** Gives up what is under way; does not wait for that. */
    void stop() {
        stopped = true;
        publisher.stop();
        poke();
        if (waiting) {
            thread.interrupt();
        }
    }

    /** Waits, after {@link #stop}, until nothing is done any more; false when that takes longer. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(limit);
    }

    /** Ends the wait for whatever does not end by {@link #stop}, unless it has ended. */
    void interrupt() {
        if (thread.isAlive()) {
            LOG.atWarn()
                    .addKeyValue("repository", repository.name())
                    .log("Publishing did not stop in time and is interrupted");
            thread.interrupt();
        }
    }
}
