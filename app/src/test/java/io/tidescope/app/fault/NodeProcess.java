package io.tidescope.app.fault;

import io.tidescope.testing.fault.ProcessSignal;
import io.tidescope.testing.fault.Target;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process of the cluster, started again and again. What it prints is appended to one file. Safe
 * for concurrent use.
 */
final class NodeProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 20;

    private final Target target;
    private final Path output;
    private List<String> command;
    private @Nullable Process process;

    /** Whether somebody wants it to run; what ends by itself then is started again. */
    private boolean wanted;

    /**
     * @param command line, up to its last argument
     */
    NodeProcess(Target target, List<String> command, Path output) {
        this.target = target;
        this.command = List.copyOf(command);
        this.output = output;
    }

    Target target() {
        return target;
    }

    void start() {
        start(Map.of());
    }

    /**
     * Starts it if it does not run.
     *
     * @param environment what it gets beside what this process has
     */
    synchronized void start(Map<String, String> environment) {
        wanted = true;
        if (process != null && process.isAlive()) {
            return;
        }
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDESCOPE_"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(target + " cannot be started", e);
        }
    }

    /**
     * Starts it again if it ended although it is wanted.
     *
     * @return whether that was so
     */
    synchronized boolean revive() {
        if (!wanted || process == null || process.isAlive()) {
            return false;
        }
        start();
        return true;
    }

    /** Has it run something else from its next start on. */
    synchronized void becomes(List<String> next) {
        command = List.copyOf(next);
    }

    /** Ends it without a word. */
    synchronized void kill() {
        wanted = false;
        if (process != null) {
            await(process.destroyForcibly());
        }
    }

    /**
     * Stops it as an orchestrator does.
     *
     * @return whether it did stop, and was not ended
     */
    synchronized boolean stop() {
        wanted = false;
        if (process == null) {
            return true;
        }
        process.destroy();
        boolean stopped = false;
        try {
            stopped = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        await(process.destroyForcibly());
        return stopped;
    }

    /** Makes it stand still; a dead one does that anyway. */
    synchronized void freeze() {
        signal(ProcessSignal.STOP);
    }

    synchronized void thaw() {
        signal(ProcessSignal.CONT);
    }

    private void signal(ProcessSignal signal) {
        if (process != null && process.isAlive()) {
            signal.send(process.pid());
        }
    }

    private static void await(Process ending) {
        try {
            ending.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }
}
