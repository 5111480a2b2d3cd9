package io.tidescope.parser.stream;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A thread with a large stack that does one task at a time for one caller at a time. A task that
 * takes too long, and does not end when it is told to, cannot be killed; the worker is then given
 * up, and its thread ends with the task.
 */
final class ParseWorker {
    /** Reserved address space; only what deep nesting touches becomes memory. */
    private static final long STACK_BYTES = 512L * 1024 * 1024;

    private final BlockingQueue<FutureTask<?>> inbox = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean retired;

    /** Of the caller. */
    private CountDownLatch last = new CountDownLatch(0);

    ParseWorker(String name) {
        thread = new Thread(null, this::work, name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs the task and waits for it.
     *
     * @throws ExecutionException what the task threw, errors included
     * @throws TimeoutException the task still runs; the worker must not be used before it has ended
     */
    <T> T run(Callable<T> task, Duration deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        FutureTask<T> future =
                new FutureTask<>(task) {
                    @Override
                    protected void done() {
                        over.countDown();
                    }
                };
        last = over;
        inbox.put(future);
        return future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for the last task to end; false when it does not in that time. */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return last.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread: at once when it is idle, else with its task. */
    void retire() {
        retired = true;
        thread.interrupt();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void work() {
        while (!retired) {
            try {
                inbox.take().run();
            } catch (InterruptedException e) {
                // Either retired, which ends the loop, or an interrupt that was meant for a task.
            }
        }
    }
}
