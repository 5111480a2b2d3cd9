package io.tidescope.app.cli;

import io.tidescope.app.config.LogConfiguration;
import io.tidescope.app.config.RegionPairConfiguration;
import io.tidescope.app.config.SecretProperties;
import io.tidescope.app.role.ArchiveStore;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.region.RegionLease;
import io.tidescope.recovery.region.RegionMirror;
import io.tidescope.recovery.region.RegionWitness;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Mirrors the log of the region that publishes into the one that it is run in. */
@Command(
        name = "mirror",
        description = {
            "Mirrors the log of the region that publishes into this one, by MirrorMaker, whose jars"
                    + " are in Kafka's distribution: TIDESCOPE_KAFKA_LIBS names their directory.",
            "While this region publishes it waits. Ends with 75 whenever it may not go on, to be"
                    + " started again."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class RegionMirrorCommand implements Callable<Integer> {
    /** As sysexits.h has it for what may work when it is tried again. */
    static final int START_AGAIN = 75;

    @Spec private CommandSpec command;

    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--print",
            description =
                    "Only show the properties that MirrorMaker is given, with *** for secrets.")
    private boolean print;

    @Override
    public Integer call() throws Exception {
        RegionPairConfiguration regions = options.configuration().regions();
        LogConfiguration log = options.configuration().log();
        try (ObjectStore store = ArchiveStore.open(regions.region().witness());
                RegionLease lease =
                        RegionLease.start(
                                new RegionWitness(store),
                                regions.region().name(),
                                regions.region().lease())) {
            RegionMirror mirror = new RegionMirror(lease, regions.own(), regions.peer());
            if (print) {
                return print(mirror);
            }
            Logging.of(log);
            Thread.setDefaultUncaughtExceptionHandler(Logging::uncaught);
            return run(mirror);
        } catch (NoClassDefFoundError e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "MirrorMaker is not here (%s). Kafka's distribution has it: set TIDESCOPE_KAFKA_LIBS to its directory libs, or use the image's target mirror."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private int print(RegionMirror mirror) {
        PrintWriter out = command.commandLine().getOut();
        SecretProperties.hidden(mirror.properties())
                .forEach((name, value) -> out.println(name + " = " + value));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** A signal ends the process at once: what MirrorMaker has not committed is mirrored again. */
    private int run(RegionMirror mirror) throws InterruptedException {
        try (StopSignal _ = StopSignal.install(() -> {})) {
            String why = mirror.run(() -> false);
            PrintWriter err = command.commandLine().getErr();
            err.println("tidescope: mirroring ended: " + why);
            err.flush();
            // MirrorMaker does not stop on the spot, and nothing may be mirrored any more.
            Runtime.getRuntime().halt(START_AGAIN);
            return START_AGAIN;
        }
    }
}
