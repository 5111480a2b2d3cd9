package io.tidescope.app.cli;

import io.tidescope.app.config.RegionPairConfiguration;
import io.tidescope.app.role.ArchiveStore;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.region.RegionWitness;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What commands about regions take: the configuration of the deployment here, and how to show the
 * answer.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class RegionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--json", description = "Show the answer as JSON.")
    private boolean json;

    /** What is done with the regions. */
    interface Work {
        /** Returns the exit code. */
        int on(RegionPairConfiguration regions, RegionWitness witness) throws Exception;
    }

    int open(Work work) throws Exception {
        RegionPairConfiguration regions = options.configuration().regions();
        try (ObjectStore store = ArchiveStore.open(regions.region().witness())) {
            return work.on(regions, new RegionWitness(store));
        }
    }

    /** Who asks, for people. */
    static String by() {
        return System.getProperty("user.name", "");
    }

    Answers answers() {
        return new Answers(command.commandLine(), json);
    }
}
