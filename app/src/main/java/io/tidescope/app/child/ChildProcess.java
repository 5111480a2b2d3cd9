package io.tidescope.app.child;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process that is started again, with growing pauses, when it dies.
 *
 * <p>A supervising thread owns the process from {@link #start} to {@link #close}; it and the reader
 * of the child's output are no virtual threads, for reading a pipe blocks the thread that carries
 * one, and a handful of children would keep all of them. The child ends when the pipe to its
 * standard input does, so it never outlives this process, however that ends; {@link ParentPipe} is
 * its side.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int RESTART_ATTEMPTS = 10;
    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);

    /** A child that dies sooner after it was ready died of something that it will meet again. */
    private static final Duration QUICK_DEATH = Duration.ofSeconds(5);

    private static final int MAX_QUICK_DEATHS = 5;

    private static final String OUR_VARIABLES = "TIDESCOPE_";

    private final ChildCommand command;
    private final Duration stopLimit;
    private final Runnable lost;

    private volatile @Nullable Process process;
    private volatile boolean closing;
    private volatile @Nullable Thread supervisor;

    /**
     * @param stopLimit how long it may take to stop before it is ended hard
     * @param lost called when it has died and cannot be started again, or dies again and again as
     *     soon as it is ready
     */
    public ChildProcess(ChildCommand command, Duration stopLimit, Runnable lost) {
        this.command = command;
        this.stopLimit = stopLimit;
        this.lost = lost;
    }

    /**
     * Starts it; it works when this returns.
     *
     * @throws TideScopeException UNAVAILABLE when it does not come up
     * @throws CancellationException when closed meanwhile
     */
    public void start() throws IOException, InterruptedException {
        launch();
        supervisor = Thread.ofPlatform().daemon().name("supervisor").start(this::supervise);
    }

    private void supervise() {
        int quickDeaths = 0;
        try {
            while (!closing) {
                long since = System.nanoTime();
                int exit = Objects.requireNonNull(process).waitFor();
                boolean quick = System.nanoTime() - since < QUICK_DEATH.toNanos();
                quickDeaths = quick ? quickDeaths + 1 : 0;
                log.atWarn()
                        .addKeyValue("child", command.name())
                        .addKeyValue("exit", exit)
                        .addKeyValue("quick_deaths", quickDeaths)
                        .log("A process died; it is started again unless it keeps dying");
                if (quickDeaths > MAX_QUICK_DEATHS || !restart(quickDeaths)) {
                    lost.run();
                    return;
                }
                log.atWarn().addKeyValue("child", command.name()).log("It is back");
            }
        } catch (InterruptedException | CancellationException e) {
            log.atDebug().addKeyValue("child", command.name()).setCause(e).log("It is let go of");
        }
    }

    private boolean restart(int quickDeaths) throws InterruptedException {
        Thread.sleep(RESTART_PAUSE.multipliedBy(quickDeaths));
        for (int attempt = 1; attempt <= RESTART_ATTEMPTS; attempt++) {
            try {
                launch();
                return true;
            } catch (TideScopeException | IOException e) {
                log.atWarn()
                        .addKeyValue("child", command.name())
                        .addKeyValue("attempt", attempt)
                        .setCause(e)
                        .log("It does not start yet");
                Thread.sleep(RESTART_PAUSE.multipliedBy(attempt));
            }
        }
        return false;
    }

    /** Starts the process, unless closed: then nobody would end it. */
    private synchronized Process begin() throws IOException {
        if (closing) {
            throw new CancellationException(command.name() + " was closed during its start");
        }
        ProcessBuilder builder =
                new ProcessBuilder(command.shielded())
                        .redirectError(ProcessBuilder.Redirect.appendTo(command.errors().toFile()));
        // Its command line says everything; what is set for this process is not for the child.
        builder.environment().keySet().removeIf(name -> name.startsWith(OUR_VARIABLES));
        Process child = builder.start();
        process = child;
        return child;
    }

    private void launch() throws IOException, InterruptedException {
        long before = Files.exists(command.errors()) ? Files.size(command.errors()) : 0;
        Process child = begin();
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("child-output").start(() -> follow(child, ready));
        try {
            if (ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            log.atWarn()
                    .addKeyValue("child", command.name())
                    .setCause(e)
                    .log("A process takes too long to start");
        } catch (InterruptedException e) {
            child.destroyForcibly();
            throw e;
        }
        child.destroyForcibly().waitFor();
        throw new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "%s did not start; %s says why%s"
                        .formatted(command.name(), command.log(), lastWords(before)));
    }

    /** What it has said on standard error since then, so that nobody has to look it up. */
    private String lastWords(long before) throws IOException {
        byte[] all =
                Files.exists(command.errors()) ? Files.readAllBytes(command.errors()) : new byte[0];
        int from = (int) Math.min(before, all.length);
        String said = new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
        return said.isEmpty() ? "" : ":\n" + said.indent(2).stripTrailing();
    }

    /** Reads the child's output to its end, so that it never blocks on a full pipe. */
    private void follow(Process child, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(ParentPipe.READY)) {
                    ready.complete(true);
                } else {
                    log.atInfo()
                            .addKeyValue("child", command.name())
                            .addKeyValue("line", line)
                            .log("It says");
                }
            }
        } catch (IOException e) {
            log.atDebug().addKeyValue("child", command.name()).setCause(e).log("Its output ended");
        }
        ready.complete(false);
    }

    /** Stops it cleanly, or hard when that takes longer than its limit. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        try {
            Thread watching = supervisor;
            if (watching != null) {
                watching.interrupt();
                watching.join(stopLimit);
            }
            letGo();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void letGo() throws InterruptedException {
        Process child = process;
        if (child == null) {
            return;
        }
        try {
            child.getOutputStream().close();
        } catch (IOException e) {
            log.atDebug()
                    .addKeyValue("child", command.name())
                    .setCause(e)
                    .log("Its input was closed already");
        }
        if (!child.waitFor(stopLimit.toSeconds(), TimeUnit.SECONDS)) {
            log.atWarn()
                    .addKeyValue("child", command.name())
                    .log("It did not stop in time; ending it");
            child.destroyForcibly().waitFor(stopLimit.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
