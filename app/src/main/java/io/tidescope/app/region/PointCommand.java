package io.tidescope.app.region;

import io.tidescope.recovery.region.RegionEpoch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the operator that points users to the region that publishes now, such as by DNS.
 *
 * <p>Run by {@code sh}, with {@code TIDESCOPE_REGION} and {@code TIDESCOPE_EPOCH} in its
 * environment; what it prints goes to standard error, for standard output is the answer's.
 */
final class PointCommand {
    static final Duration LIMIT = Duration.ofMinutes(5);

    private final String command;

    PointCommand(String command) {
        this.command = command;
    }

    /** Why it failed; empty when it did not. */
    String run(RegionEpoch epoch) throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of("sh", "-c", "eval \"$1\" 1>&2", "sh", command))
                        .inheritIO();
        builder.environment().put("TIDESCOPE_REGION", epoch.source());
        builder.environment().put("TIDESCOPE_EPOCH", Long.toString(epoch.number()));
        try {
            Process process = builder.start();
            try {
                if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    return "it did not end in %d seconds".formatted(LIMIT.toSeconds());
                }
                return process.exitValue() == 0
                        ? ""
                        : "it ended with %d".formatted(process.exitValue());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return "it could not be run: " + e.getMessage();
        }
    }
}
