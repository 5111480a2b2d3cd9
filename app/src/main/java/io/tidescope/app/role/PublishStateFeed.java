package io.tidescope.app.role;

import io.tidescope.query.PublishStates;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.repositories.RefStateTail;
import io.tidescope.store.query.Deadline;

import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What publishers say about refs, read from Kafka on a thread of its own: again and again, and when
 * somebody wants to know all that was published till now.
 */
public final class PublishStateFeed implements PublishStates, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PublishStateFeed.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RefStateTail tail;
    private final Thread thread;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Calls so far of those who wait for a round that begins after theirs. */
    private long asked;

    /** Of the calls, how many were before a round began that is complete. */
    private long answered;

    public PublishStateFeed(RefStateTail tail) {
        this.tail = tail;
        thread = Thread.ofPlatform().name("publish-states").daemon().start(this::run);
    }

    @Override
    public Collection<RefState> states() {
        return List.copyOf(tail.states().values());
    }

    @Override
    public Collection<RefState> statesNow(Deadline deadline) {
        lock.lock();
        try {
            long call = ++asked;
            changed.signalAll();
            while (answered < call) {
                if (changed.awaitNanos(deadline.remaining().toNanos()) <= 0 && answered < call) {
                    throw new TideScopeException(
                            ErrorCode.UNAVAILABLE,
                            "What was published last is not known yet; ask again shortly.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, "The service is stopping; ask again shortly.", e);
        } finally {
            lock.unlock();
        }
        return states();
    }

    private void run() {
        boolean failing = false;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long calls = calls();
                try {
                    tail.catchUp(LIMIT);
                    failing = false;
                    answer(calls);
                } catch (InterruptException e) {
                    throw e;
                } catch (RuntimeException e) {
                    if (!failing) {
                        log.atWarn().setCause(e).log("Publish states are not up to date");
                    }
                    failing = true;
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long calls() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait of those calls, and pauses unless there are others. */
    private void answer(long calls) throws InterruptedException {
        lock.lock();
        try {
            answered = calls;
            changed.signalAll();
            long left = PAUSE.toNanos();
            while (asked == calls && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(LIMIT);
        tail.close();
    }
}
