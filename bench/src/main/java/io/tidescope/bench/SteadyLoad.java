package io.tidescope.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Questions that come at a steady rate whether or not those before are answered, as from many users
 * who do not know of each other. How long one takes counts from when it was due, so that a stall
 * shows in all that it held up.
 */
public final class SteadyLoad {
    private final double perSecond;

    public SteadyLoad(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Asks so many questions and waits for all answers; how long each took. */
    public Latencies run(int questions, Runnable question) throws InterruptedException {
        Queue<Long> nanos = new ConcurrentLinkedQueue<>();
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        ask(
                questions,
                due -> {
                    try {
                        question.run();
                        nanos.add(System.nanoTime() - due);
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                });
        if (!failures.isEmpty()) {
            throw new IllegalStateException(
                    "%d of %d questions failed".formatted(failures.size(), questions),
                    failures.element());
        }
        return new Latencies(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * Asks for some time and waits for all answers.
     *
     * @param question is told the moment it was due, in nanoseconds of {@link System#nanoTime}
     */
    public void run(Duration duration, LongConsumer question) throws InterruptedException {
        ask((int) (perSecond * duration.toMillis() / 1e3), question);
    }

    /** Each in a thread of its own. */
    private void ask(int questions, LongConsumer question) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(questions);
        long start = System.nanoTime();
        for (int i = 0; i < questions; i++) {
            long due = start + (long) (i / perSecond * 1e9);
            parkUntil(due);
            Thread.startVirtualThread(
                    () -> {
                        try {
                            question.accept(due);
                        } finally {
                            done.countDown();
                        }
                    });
        }
        done.await();
    }

    private static void parkUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
