package io.tidescope.app.cli;

import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.app.role.ParsedAgain;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.emergency.Emergency;
import io.tidescope.recovery.emergency.Step;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.recovery.restore.Verification;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Takes a deployment back to a backup, in its own cluster. */
@Command(
        name = "emergency",
        description = {
            "Takes a deployment back to a backup in its own cluster: validates the backup, stops"
                + " the roles, deletes the topics, restores them, validates them, and starts the"
                + " roles.",
            "Without --confirm it only says what would be done, and with which code. Stopped or"
                    + " killed, the same command goes on, on any machine."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the moment
final class EmergencyCommand implements Callable<Integer> {
    /** Parsed again in some seconds. */
    private static final int SAMPLES = 100;

    private static final int THREADS = 4;

    @Mixin private ArchiveOptions options = new ArchiveOptions();

    @ArgGroup(multiplicity = "1", exclusive = false)
    private Moment moment;

    @ArgGroup private Agreement agreement = new Agreement();

    @Mixin private EmergencyOptions roles = new EmergencyOptions();

    /** Whether it is done. */
    private static final class Agreement {
        @Option(
                names = "--dry-run",
                description = "Only say what would be done, as without a code.")
        private boolean dryRun;

        @Option(
                names = "--confirm",
                paramLabel = "CODE",
                description = "Do what was said with this code, or go on with it.")
        private @Nullable String code;
    }

    @Override
    public Integer call() throws Exception {
        return options.openStore(this::recover);
    }

    private int recover(ObjectStore store, ArchiverConfiguration configuration) throws Exception {
        ClusterConfiguration cluster = configuration.cluster();
        Archive archive = new Archive(store);
        RestorePlan plan = moment.plan(archive, _ -> true);
        ClusterCheck.reach(cluster.kafka());
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(configuration.registry());
                ParsedAgain parser = new ParsedAgain()) {
            RestoreTarget target = new RestoreTarget(cluster.kafka(), cluster.topics(), registry);
            Emergency emergency =
                    new Emergency(
                            store,
                            plan,
                            target,
                            new Verification(archive, plan, target, parser, SAMPLES, new Random()),
                            roles.operator(this::say),
                            new Emergency.Limits(THREADS, roles.patience()),
                            InstantSource.system());
            String code = agreement.code;
            if (agreement.dryRun || code == null) {
                EmergencyView.Plan shown =
                        EmergencyView.Plan.of(emergency.look(), RestoreView.Plan.of(plan, cluster));
                options.show(shown, EmergencyView.lines(shown, moment.options(plan)));
                return CommandLine.ExitCode.OK;
            }
            registry.check();
            StopRequest.during(
                    allowed -> {
                        emergency.run(code, allowed);
                        return true;
                    },
                    "Stopped. To go on: %s --confirm %s".formatted(moment.options(plan), code));
            options.show(
                    new EmergencyView.Result(code, true),
                    List.of("", "recovered: the deployment is as in the backup"));
            return CommandLine.ExitCode.OK;
        }
    }

    private void say(Step step, String what) {
        options.say(List.of("%-11s %s".formatted(step, what)));
    }
}
