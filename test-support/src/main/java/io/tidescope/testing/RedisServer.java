package io.tidescope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A real Redis on loopback that keeps nothing on disk; {@code close} kills it. */
public final class RedisServer implements AutoCloseable {
    private static final String PROGRAM = "redis-server";

    private final Process process;

    private RedisServer(Process process) {
        this.process = process;
    }

    /** Whether there is one on the PATH. */
    public static boolean isInstalled() {
        return Program.isInstalled(PROGRAM);
    }

    /** Starts one; it may not answer yet when this returns. */
    public static RedisServer start(Path directory, int port, String password) {
        try {
            return new RedisServer(
                    new ProcessBuilder(
                                    PROGRAM,
                                    "--port",
                                    Integer.toString(port),
                                    "--bind",
                                    "127.0.0.1",
                                    "--save",
                                    "",
                                    "--requirepass",
                                    password,
                                    "--dir",
                                    directory.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("redis.log").toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
