package io.tidescope.app.cli;

import io.tidescope.app.broker.ScratchBroker;
import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.app.role.ParsedAgain;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.drill.Drill;
import io.tidescope.recovery.drill.Scratch;
import io.tidescope.recovery.drill.ScratchTopics;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;

/** Restores a backup to scratch and holds it against the live index. */
@Command(
        name = "drill",
        description = {
            "Restores a backup into a broker of its own, which is removed afterwards, verifies it"
                    + " and compares it with the live index, which is only read.",
            "Says how long that took and how old what was restored is, and keeps it in the"
                    + " archive. Ends with 1 when the drill was not passed."
        })
final class RecoveryDrillCommand implements Callable<Integer> {
    private static final int THREADS = 4;

    @Mixin private ArchiveOptions options = new ArchiveOptions();

    @Option(
            names = "--backup",
            paramLabel = "BACKUP",
            converter = BackupNumber.Converter.class,
            description = BackupNumber.FORM + " (default: latest).")
    private BackupNumber backup = new BackupNumber(OptionalLong.empty());

    @Option(
            names = "--scratch-directory",
            paramLabel = "DIRECTORY",
            description =
                    "Where the broker of its own keeps what is restored, in a directory that is"
                            + " removed afterwards (default: the one for temporary files).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @ArgGroup(exclusive = false)
    private @Nullable Given given;

    /** A cluster that is there. */
    @SuppressWarnings("NullAway.Init") // picocli sets what is required
    private static final class Given {
        @Option(
                names = "--scratch-prefix",
                paramLabel = "PREFIX",
                required = true,
                description =
                        "Restore into topics that begin so, which are deleted afterwards, and not"
                                + " into a broker of its own.")
        private String prefix;

        @Option(
                names = "--scratch-bootstrap",
                paramLabel = "BROKERS",
                description =
                        "Brokers of the cluster that these topics are in, reached as kafka.tls and"
                                + " kafka.sasl say (default: as configured).")
        private @Nullable String bootstrap;

        Scratch in(ClusterConfiguration cluster) {
            KafkaConnection live = cluster.withPrefix(prefix).kafka();
            if (bootstrap == null) {
                return new ScratchTopics(live, cluster.topics().replication());
            }
            KafkaConnection other = new KafkaConnection(bootstrap, live.properties(), live.names());
            ClusterCheck.reach(other);
            return new ScratchTopics(other, Replication.BROKERS_DEFAULT);
        }
    }

    @Override
    public Integer call() throws Exception {
        return options.open(this::drill);
    }

    private int drill(Archive archive, ArchiverConfiguration configuration) throws Exception {
        long number = backup.in(archive);
        ClusterConfiguration cluster = configuration.cluster();
        ClusterCheck.requireTopics(cluster.kafka(), cluster.topics());
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(configuration.registry());
                ParsedAgain parser = new ParsedAgain()) {
            registry.check();
            RestoreTarget live = new RestoreTarget(cluster.kafka(), cluster.topics(), registry);
            options.say(
                    List.of(
                            "restoring backup %d to scratch, and comparing it with the live index ..."
                                    .formatted(number)));
            DrillOutcome outcome =
                    StopRequest.during(
                            allowed ->
                                    new Drill(
                                                    archive,
                                                    live,
                                                    parser,
                                                    THREADS,
                                                    InstantSource.system(),
                                                    new Random(),
                                                    allowed)
                                            .run(number, scratch(cluster)),
                            "Stopped. What was restored is removed, and nothing is kept of the"
                                    + " drill.");
            options.show(outcome, DrillView.lines(outcome));
            return outcome.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Scratch scratch(ClusterConfiguration cluster) throws Exception {
        return given == null
                ? new ScratchBroker(JavaCommand.forBroker(), Files.createDirectories(directory))
                : given.in(cluster);
    }
}
