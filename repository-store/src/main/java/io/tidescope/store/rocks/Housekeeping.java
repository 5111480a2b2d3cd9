package io.tidescope.store.rocks;

import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Phase;
import io.tidescope.store.query.Maintenance.Task;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Runs a store's errands, one at a time, on a thread that the stores of a process share. Safe for
 * concurrent use.
 */
final class Housekeeping {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final int partition;
    private final Executor thread;
    private final InstantSource clock;
    private Maintenance last = Maintenance.NONE;
    private @Nullable Errand errand;
    private boolean stopped;

    Housekeeping(int partition, Executor thread, InstantSource clock) {
        this.partition = partition;
        this.thread = thread;
        this.clock = clock;
    }

    synchronized Maintenance now() {
        Errand going = errand;
        return going == null ? last : at(last.phase(), going.done(), going.total(), 0, null);
    }

    /**
     * Begins an errand, unless one is going on, or the store is being closed.
     *
     * @param size what the store takes on disk
     */
    synchronized void begin(Task task, Errand next, LongSupplier size) {
        if (errand != null || stopped) {
            return;
        }
        Maintenance waiting =
                new Maintenance(
                        task, Phase.WAITING, 0, 0, size.getAsLong(), 0, clock.millis(), 0, null);
        Maintenance before = last;
        errand = next;
        last = waiting;
        try {
            thread.execute(() -> run(next, size));
        } catch (RejectedExecutionException e) {
            errand = null;
            last = before;
            throw e;
        }
    }

    private void run(Errand going, LongSupplier size) {
        synchronized (this) {
            if (errand != going) {
                return;
            }
            last = at(Phase.RUNNING, 0, 0, 0, null);
        }
        String failure = "it ended unexpectedly";
        long bytes = 0;
        try {
            going.goOn();
            going.run();
            bytes = size.getAsLong();
            failure = null;
        } catch (CancellationException e) {
            failure = e.getMessage();
        } catch (RuntimeException e) {
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
            log.atError()
                    .addKeyValue("partition", partition)
                    .setCause(e)
                    .log("maintenance of a store failed");
        } finally {
            end(going, failure, bytes);
        }
    }

    private synchronized void end(Errand ended, @Nullable String failure, long bytes) {
        last =
                failure == null
                        ? at(Phase.DONE, ended.done(), ended.total(), bytes, null)
                        : at(
                                Phase.FAILED,
                                ended.done(),
                                ended.total(),
                                last.bytesBefore(),
                                failure);
        errand = null;
        notifyAll();
    }

    private Maintenance at(
            Phase phase, long done, long total, long bytesAfter, @Nullable String failure) {
        boolean over = phase == Phase.DONE || phase == Phase.FAILED;
        return new Maintenance(
                last.task(),
                phase,
                done,
                total,
                last.bytesBefore(),
                bytesAfter,
                last.began(),
                over ? clock.millis() : 0,
                failure);
    }

    /**
     * Ends what is going on, and waits for that; what waits for its turn is forgotten, and nothing
     * is begun any more.
     */
    synchronized void stop() {
        stopped = true;
        Errand going = errand;
        if (going == null) {
            return;
        }
        going.cancel();
        if (last.phase() == Phase.WAITING) {
            last = at(Phase.FAILED, 0, 0, last.bytesBefore(), "the partition was closed here");
            errand = null;
            return;
        }
        boolean interrupted = false;
        while (errand == going) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
