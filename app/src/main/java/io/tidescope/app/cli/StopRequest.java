package io.tidescope.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C or SIGTERM while something long is done: it is asked to stop, and the process ends when it
 * has, as killed by the signal.
 */
final class StopRequest {
    private final String stopped;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean asked;
    private volatile boolean complete;

    /** What may be stopped. */
    interface Work<T> {
        /**
         * @param allowed whether to go on; asked often
         */
        T run(BooleanSupplier allowed) throws Exception;
    }

    private StopRequest(String stopped) {
        this.stopped = stopped;
        hook = Thread.ofPlatform().name("stop").unstarted(this::stop);
    }

    /**
     * Does something that can be stopped.
     *
     * @param stopped what people are told when it was
     */
    static <T> T during(Work<T> work, String stopped) throws Exception {
        StopRequest request = new StopRequest(stopped);
        Runtime.getRuntime().addShutdownHook(request.hook);
        try {
            T result = work.run(() -> !request.asked);
            request.complete = true;
            return result;
        } finally {
            request.end();
        }
    }

    private void stop() {
        asked = true;
        System.err.println();
        System.err.println("Stopping ...");
        StopLimit.start();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println(complete ? "It was complete already." : stopped);
    }

    /** Never returns when there was a signal: the process is ending, and has said why. */
    private void end() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            awaitHook();
        }
    }

    private void awaitHook() {
        try {
            hook.join();
            // Until the JVM is gone, which other hooks may hold up.
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
