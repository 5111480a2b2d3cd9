package io.tidescope.app.cli;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A command of the operator's own, run by the shell: asked nothing, what it prints comes on
 * standard error, and it is ended after a time.
 */
final class ShellCommand {
    private static final File NOTHING = new File("/dev/null");
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String text;
    private final Duration patience;

    ShellCommand(String text, Duration patience) {
        this.text = text;
        this.patience = patience;
    }

    /**
     * Returns when it has ended well.
     *
     * @param allowed whether to go on; asked often
     * @throws TideScopeException UNAVAILABLE when it fails, takes too long, or was stopped
     */
    void run(BooleanSupplier allowed) throws InterruptedException {
        Process process = start();
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!allowed.getAsBoolean()) {
                    throw failed("was stopped");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw failed("took longer than %d seconds".formatted(patience.toSeconds()));
                }
            }
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        if (process.exitValue() != 0) {
            throw failed("ended with %d".formatted(process.exitValue()));
        }
    }

    private Process start() {
        try {
            return new ProcessBuilder("/bin/sh", "-c", "exec >&2\n" + text)
                    .redirectInput(NOTHING)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("no shell could be started", e);
        }
    }

    private TideScopeException failed(String how) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "The command '%s' %s. The same command goes on.".formatted(text, how));
    }
}
