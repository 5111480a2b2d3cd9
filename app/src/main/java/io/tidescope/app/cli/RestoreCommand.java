package io.tidescope.app.cli;

import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.app.role.ParsedAgain;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.restore.Restore;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.recovery.restore.Restored;
import io.tidescope.recovery.restore.Verification;
import io.tidescope.recovery.restore.VerificationReport;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.store.query.RepositoryGlobs;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Restores a deployment, or some of its repositories, from a backup. */
@Command(
        name = "restore",
        description = {
            "Restores a deployment from a backup, to where there is nothing of it: in another"
                    + " cluster, or beside the one that is in use.",
            "What is in no complete publish then is left out, and repositories are published from"
                    + " there on when the roles are started. Ends with 1 when what was restored is"
                    + " not what the backup has."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the moment and the specification
final class RestoreCommand implements Callable<Integer> {
    /** Parsed again in some seconds. */
    private static final int SAMPLES = 100;

    private static final int MAX_THREADS = 64;

    @Spec private CommandSpec command;

    @Mixin private ArchiveOptions options = new ArchiveOptions();

    @ArgGroup(multiplicity = "1", exclusive = false)
    private Moment moment;

    @Option(
            names = "--repository",
            paramLabel = "GLOB",
            description =
                    "Only those whose name it matches, such as 'acme/*'; repeatable (default:"
                            + " all).")
    private List<String> repositories = List.of("**");

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description =
                    "What topics.prefix of the restored deployment is (default: as configured).")
    private @Nullable String prefix;

    @Option(
            names = "--threads",
            defaultValue = "4",
            description = "Partitions written at the same time (default: ${DEFAULT-VALUE}).")
    private int threads = 4;

    @Option(names = "--dry-run", description = "Only say what would be restored.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new ParameterException(
                    command.commandLine(),
                    "--threads must be 1 to %d, not %d".formatted(MAX_THREADS, threads));
        }
        return options.open(this::restore);
    }

    private int restore(Archive archive, ArchiverConfiguration configuration) throws Exception {
        ClusterConfiguration cluster =
                prefix == null
                        ? configuration.cluster()
                        : configuration.cluster().withPrefix(prefix);
        RestorePlan plan =
                moment.plan(archive, RepositoryGlobs.of("repository", repositories)::matches);
        RestoreView.Plan shown = RestoreView.Plan.of(plan, cluster);
        if (dryRun) {
            options.show(shown, RestoreView.lines(shown, plan));
            return CommandLine.ExitCode.OK;
        }
        options.say(RestoreView.lines(shown));
        ClusterCheck.reach(cluster.kafka());
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(configuration.registry())) {
            registry.check();
            RestoreTarget target = new RestoreTarget(cluster.kafka(), cluster.topics(), registry);
            options.say(List.of("", "checking the backup and writing ..."));
            long begun = System.nanoTime();
            Restored restored;
            try (Meter meter = Meter.on(Terminal.err(), "Restoring", "records")) {
                restored =
                        StopRequest.during(
                                allowed ->
                                        new Restore(
                                                        archive,
                                                        plan,
                                                        target,
                                                        threads,
                                                        allowed,
                                                        meter::show)
                                                .run(),
                                stopped(plan));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            options.say(RestoreView.lines(restored, took));
            options.say(List.of("", "reading all of it back ..."));
            VerificationReport report = verify(archive, plan, target);
            RestoreView.Result result =
                    new RestoreView.Result(shown, restored, took.toMillis(), report);
            options.show(result, RestoreView.lines(report));
            if (report.isSound()) {
                new Restore(archive, plan, target, threads, () -> true).release();
            }
            return report.isSound() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** The latest backup may be another one by then. */
    private String stopped(RestorePlan plan) {
        return "Stopped. The same command%s goes on with it; until it is complete, no role starts there."
                .formatted(moment.isLatest() ? " with --backup " + plan.chain().newest().id() : "");
    }

    private static VerificationReport verify(
            Archive archive, RestorePlan plan, RestoreTarget target) throws InterruptedException {
        try (ParsedAgain parser = new ParsedAgain()) {
            return new Verification(archive, plan, target, parser, SAMPLES, new Random()).run();
        }
    }
}
