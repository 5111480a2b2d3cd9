package io.tidescope.app.cli;

import io.tidescope.app.cluster.ClusterNode;
import io.tidescope.app.cluster.LocalCluster;
import io.tidescope.app.cluster.LocalClusterSettings;
import io.tidescope.app.standalone.DataDirectory;
import io.tidescope.ingest.TrackedRepository;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** Starts a cluster of many processes on this machine and runs it until it is told to stop. */
@Command(
        name = "up",
        description = {
            "Indexes git repositories with a cluster: every role as processes of its own.",
            "Everything runs here, Kafka included; Ctrl-C stops it and the next start continues."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class ClusterUpCommand implements Callable<Integer> {
    private static final int MAX_NODES = 32;

    @Spec private CommandSpec command;

    @Mixin private FollowedOptions followed;

    @Option(
            names = "--stores",
            defaultValue = "2",
            description = "Store nodes (default: ${DEFAULT-VALUE}).")
    private int stores;

    @Option(
            names = "--parsers",
            defaultValue = "1",
            description = "Parser nodes (default: ${DEFAULT-VALUE}).")
    private int parsers;

    @Option(
            names = "--gateways",
            defaultValue = "1",
            description = "Gateways (default: ${DEFAULT-VALUE}).")
    private int gateways;

    @Option(
            names = "--brokers",
            defaultValue = "1",
            description = "Kafka brokers, 1 or 3 (default: ${DEFAULT-VALUE}).")
    private int brokers;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description =
                    "Port of the first gateway, the others follow; 0 for any (default:"
                            + " ${DEFAULT-VALUE}).")
    private int port;

    @Mixin private IndexOptions index;

    @Mixin private TracingOptions tracing;

    @Override
    public Integer call() throws Exception {
        check();
        List<TrackedRepository> repositories = followed.repositories(command);
        try (DataDirectory directory = DataDirectory.open(index.data())) {
            Logging.toFile(directory.logs().resolve("tidescope.log"));
            Thread.setDefaultUncaughtExceptionHandler(Logging::uncaught);
            LocalClusterSettings settings =
                    new LocalClusterSettings(
                            repositories,
                            brokers,
                            stores,
                            parsers,
                            gateways,
                            port,
                            index.topics().partitions(),
                            tracing.tracing(),
                            JavaCommand.forBroker(),
                            JavaCommand::forRole);
            try (LocalCluster cluster = new LocalCluster(directory, settings);
                    StopSignal stop = StopSignal.install(cluster::close)) {
                out().printf(
                                "Starting %d broker%s and, on top:%n",
                                brokers, brokers == 1 ? "" : "s");
                cluster.start(this::print, stop::fail);
                try (FirstImport indexing =
                        new FirstImport(cluster.gateway(), null, null, repositories, stop::check)) {
                    indexing.show(cluster::publishing);
                    indexing.welcome(out(), index.data(), null);
                }
                return stop.await();
            }
        }
    }

    /** As soon as all of its kind work: a start of many takes a while. */
    private void print(ClusterNode node) {
        PrintWriter out = out();
        out.printf(
                "  %-12s %-22s health and metrics at http://%s%n",
                node.name(),
                node.service() == null ? "" : node.service().reachable(),
                node.admin());
        out.flush();
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private void check() {
        if (brokers != 1 && brokers != 3) {
            throw wrong("--brokers must be 1 or 3, not " + brokers);
        }
        check("--stores", stores);
        check("--parsers", parsers);
        check("--gateways", gateways);
        int most = UpCommand.MAX_PORT - gateways + 1;
        if (port < 0 || port > most) {
            throw wrong("--port must be 0 to %d, not %d".formatted(most, port));
        }
    }

    private void check(String option, int nodes) {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw wrong("%s must be 1 to %d, not %d".formatted(option, MAX_NODES, nodes));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
