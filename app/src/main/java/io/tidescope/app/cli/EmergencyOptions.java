package io.tidescope.app.cli;

import io.tidescope.app.client.AdminClient;
import io.tidescope.recovery.emergency.Operator;
import io.tidescope.recovery.emergency.Step;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** How roles are ended and started in an emergency. */
final class EmergencyOptions {
    private static final Duration LOOK = Duration.ofMillis(500);

    @Option(
            names = "--stop-command",
            paramLabel = "COMMAND",
            description =
                    "What the shell runs to end the roles of the deployment, all but its registry,"
                            + " such as 'kubectl scale ...' (default: they are ended by hand).")
    private @Nullable String stopCommand;

    @Option(
            names = "--start-command",
            paramLabel = "COMMAND",
            description = "What the shell runs to start them (default: they are started by hand).")
    private @Nullable String startCommand;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description =
                    "Admin port of a gateway, such as http://gateway:9104: it is complete when that"
                            + " one is ready.")
    private @Nullable URI gateway;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "How long each command, roles that end and a gateway that starts may take"
                            + " (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds = 300;

    Duration patience() {
        return Duration.ofSeconds(patienceSeconds);
    }

    /**
     * @param says hears of what is done
     */
    Operator operator(BiConsumer<Step, String> says) {
        return new Operator() {
            @Override
            public void stopRoles(BooleanSupplier allowed) throws InterruptedException {
                if (stopCommand != null) {
                    new ShellCommand(stopCommand, patience()).run(allowed);
                }
            }

            @Override
            public void startRoles(BooleanSupplier allowed) throws InterruptedException {
                if (startCommand != null) {
                    new ShellCommand(startCommand, patience()).run(allowed);
                } else {
                    says.accept(Step.RESTART, "start the roles now: nothing keeps them any more");
                }
                if (gateway != null) {
                    awaitReady(gateway, allowed);
                    says.accept(Step.RESTART, "the gateway is ready");
                }
            }

            @Override
            public void say(Step step, String what) {
                says.accept(step, what);
            }
        };
    }

    private void awaitReady(URI base, BooleanSupplier allowed) throws InterruptedException {
        long deadline = System.nanoTime() + patience().toNanos();
        try (AdminClient client = new AdminClient(base)) {
            while (!client.isReady()) {
                if (!allowed.getAsBoolean() || System.nanoTime() - deadline > 0) {
                    throw new TideScopeException(
                            ErrorCode.UNAVAILABLE,
                            "The gateway at %s is not ready. Everything is restored; the same command waits for it again."
                                    .formatted(base));
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }
}
