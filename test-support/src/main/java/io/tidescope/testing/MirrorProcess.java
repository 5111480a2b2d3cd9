package io.tidescope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code tidescope region mirror} as an operator runs it: by the launcher, with Kafka's own jars,
 * and started again whenever it ends.
 */
public final class MirrorProcess implements AutoCloseable {
    private final ProcessBuilder builder;
    private final Path output;
    private Process process;
    private boolean closed;

    private MirrorProcess(ProcessBuilder builder, Path output) throws IOException {
        this.builder = builder;
        this.output = output;
        process = builder.start();
    }

    /**
     * @param output gets what it prints, behind what is there
     */
    static MirrorProcess start(Path configuration, Path output) throws IOException {
        Path launcher = Path.of(TideScopeProcess.launcher()).toAbsolutePath();
        Path kafka = launcher.resolveSibling("recovery/target/kafka-libs");
        if (!Files.isDirectory(kafka)) {
            throw new AssertionError(kafka + " is not there: the build makes it");
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                                launcher.toString(),
                                "region",
                                "mirror",
                                "--config",
                                configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("TIDESCOPE_BUILD", "never");
        builder.environment().put("TIDESCOPE_KAFKA_LIBS", kafka.toString());
        builder.environment().put("TIDESCOPE_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
        MirrorProcess mirror = new MirrorProcess(builder, output);
        Thread.ofVirtual().name("mirror").start(mirror::startAgain);
        return mirror;
    }

    private void startAgain() {
        while (true) {
            current().onExit().join();
            synchronized (this) {
                if (closed) {
                    return;
                }
                try {
                    process = builder.start();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private synchronized Process current() {
        return process;
    }

    /** What all of them printed. */
    public String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does; another one is started. */
    public void kill() {
        current().destroyForcibly();
    }

    /** Ends it as {@code kill -9} does. */
    @Override
    public synchronized void close() {
        closed = true;
        process.destroyForcibly().onExit().join();
    }
}
