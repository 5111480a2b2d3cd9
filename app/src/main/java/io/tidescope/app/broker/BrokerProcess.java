package io.tidescope.app.broker;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedded broker as a child process that is started again on the same ports when it dies.
 *
 * <p>A supervising thread owns the process from {@link #start} to {@link #close}. The child ends
 * when the pipe to its standard input does, so it never outlives this process, however that ends.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BrokerProcess.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final int START_ATTEMPTS = 3;
    private static final int RESTART_ATTEMPTS = 10;
    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);

    /** A broker that dies sooner after it was ready died of something that it will meet again. */
    private static final Duration QUICK_DEATH = Duration.ofSeconds(5);

    private static final int MAX_QUICK_DEATHS = 5;

    private final List<String> java;
    private final Path directory;
    private final Path logs;
    private final Runnable lost;

    private volatile @Nullable Process process;
    private volatile boolean closing;
    private volatile @Nullable Thread supervisor;

    /**
     * @param java command line up to TideScope's own arguments: the JVM, its options, the main
     *     class
     * @param directory the broker's data; created and formatted by the first start
     * @param logs existing directory that gets {@code broker.log}, and {@code broker-errors.log}
     *     for what the JVM itself has to say
     * @param lost called when the broker has died and cannot be started again, or dies again and
     *     again as soon as it is ready
     */
    public BrokerProcess(List<String> java, Path directory, Path logs, Runnable lost) {
        this.java = List.copyOf(java);
        this.directory = directory;
        this.logs = logs;
        this.lost = lost;
    }

    /**
     * Starts the broker; it takes requests when this returns.
     *
     * @throws TideScopeException UNAVAILABLE when it does not come up
     * @throws CancellationException when closed meanwhile
     */
    public KafkaConnection start() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                // Fresh ports each time: another process may have taken the last ones.
                BrokerPorts chosen = BrokerPorts.free();
                launch(chosen);
                supervisor =
                        Thread.ofVirtual().name("broker-supervisor").start(() -> supervise(chosen));
                return KafkaConnection.to("127.0.0.1:" + chosen.broker());
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded broker could not be started", e);
            } catch (TideScopeException e) {
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
                log.atWarn().setCause(e).log("The broker did not start; trying other ports");
            }
        }
    }

    private void supervise(BrokerPorts chosen) {
        int quickDeaths = 0;
        try {
            while (!closing) {
                long since = System.nanoTime();
                int exit = Objects.requireNonNull(process).waitFor();
                boolean quick = System.nanoTime() - since < QUICK_DEATH.toNanos();
                quickDeaths = quick ? quickDeaths + 1 : 0;
                log.atWarn()
                        .addKeyValue("exit", exit)
                        .addKeyValue("quick_deaths", quickDeaths)
                        .log("The broker died; it is started again unless it keeps dying");
                if (quickDeaths > MAX_QUICK_DEATHS || !restart(chosen, quickDeaths)) {
                    lost.run();
                    return;
                }
                log.atWarn().log("The broker is back");
            }
        } catch (InterruptedException | CancellationException e) {
            log.atDebug().setCause(e).log("The broker is let go of");
        }
    }

    private boolean restart(BrokerPorts chosen, int quickDeaths) throws InterruptedException {
        Thread.sleep(RESTART_PAUSE.multipliedBy(quickDeaths));
        for (int attempt = 1; attempt <= RESTART_ATTEMPTS; attempt++) {
            try {
                launch(chosen);
                return true;
            } catch (TideScopeException | IOException e) {
                log.atWarn().addKeyValue("attempt", attempt).setCause(e).log("No broker yet");
                Thread.sleep(RESTART_PAUSE.multipliedBy(attempt));
            }
        }
        return false;
    }

    /** Starts the process, unless closed: then nobody would end it. */
    private synchronized Process begin(BrokerPorts chosen) throws IOException {
        if (closing) {
            throw new CancellationException("the broker was closed during its start");
        }
        Process child =
                new ProcessBuilder(command(chosen))
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        logs.resolve("broker-errors.log").toFile()))
                        .start();
        process = child;
        return child;
    }

    private void launch(BrokerPorts chosen) throws IOException, InterruptedException {
        Process child = begin(chosen);
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("broker-output").start(() -> follow(child, ready));
        try {
            if (ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            log.atWarn().setCause(e).log("The broker takes too long to start");
        } catch (InterruptedException e) {
            child.destroyForcibly();
            throw e;
        }
        child.destroyForcibly().waitFor();
        throw new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "the embedded broker did not start; " + logs.resolve("broker.log") + " says why");
    }

    private List<String> command(BrokerPorts chosen) {
        List<String> command = new ArrayList<>();
        // A terminal sends Ctrl-C to the whole group; the broker must outlive those who use it.
        command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "tidescope-broker"));
        command.addAll(java);
        command.addAll(
                List.of(
                        "broker",
                        "--logs",
                        logs.toString(),
                        "--directory",
                        directory.toString(),
                        "--port",
                        Integer.toString(chosen.broker()),
                        "--controller-port",
                        Integer.toString(chosen.controller())));
        return command;
    }

    /** Reads the child's output to its end, so that it never blocks on a full pipe. */
    private static void follow(Process child, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(BrokerChild.READY)) {
                    ready.complete(true);
                } else {
                    log.atInfo().addKeyValue("line", line).log("The broker says");
                }
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("The broker's output ended");
        }
        ready.complete(false);
    }

    /** Stops the broker cleanly, or hard when that takes longer than its limit. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        try {
            Thread watching = supervisor;
            if (watching != null) {
                watching.interrupt();
                watching.join(STOP_LIMIT);
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
            log.atDebug().setCause(e).log("The broker's input was closed already");
        }
        if (!child.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            log.atWarn().log("The broker did not stop in time; ending it");
            child.destroyForcibly().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
