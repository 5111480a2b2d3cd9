package io.tidescope.app.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Ctrl-C, SIGTERM or a failure that nothing can go on after: whichever comes first ends the run.
 *
 * <p>A signal stops everything on the JVM's shutdown thread and ends with exit code 0, for that is
 * how a run is meant to end.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Thread hook;

    private StopSignal(Runnable stop) {
        hook = Thread.ofPlatform().name("stop").unstarted(() -> stopAndExit(stop));
    }

    static StopSignal install(Runnable stop) {
        StopSignal signal = new StopSignal(stop);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private static void stopAndExit(Runnable stop) {
        System.err.println();
        System.err.println("Stopping ...");
        StopLimit.start();
        stop.run();
        log.atInfo().log("Stopped on a signal");
        // Exiting by itself, the JVM would report the signal as a failure.
        Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
    }

    /** Ends the run as failed. */
    void fail(RuntimeException reason) {
        end.completeExceptionally(reason);
    }

    /** Throws why the run failed, if it has. */
    void check() {
        if (end.isCompletedExceptionally()) {
            await();
        }
    }

    /** Waits for the end, a signal's never returns from here. */
    int await() {
        try {
            return end.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /**
     * From here on the JVM ends as usual. Never returns when a signal was faster: what it stops is
     * in use until it ends the process.
     */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.atDebug().setCause(e).log("Already stopping");
            awaitHook();
        }
    }

    private void awaitHook() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
