package io.tidescope.app.cluster;

import io.tidescope.app.broker.BrokerProcess;
import io.tidescope.app.child.ChildCommand;
import io.tidescope.app.child.ChildGroup;
import io.tidescope.app.child.ChildProcess;
import io.tidescope.app.child.Ports;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.app.role.Parts;
import io.tidescope.app.role.Publishing;
import io.tidescope.app.standalone.DataDirectory;
import io.tidescope.app.standalone.Endpoints;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A cluster on this machine: brokers, registry and every role as child processes, which are started
 * again when they die.
 *
 * <p>Started once and closed once; a close may come from another thread during the start, which
 * then fails with {@link java.util.concurrent.CancellationException}.
 */
public final class LocalCluster implements AutoCloseable {
    /**
     * Longer than a role that is well takes to stop, and well within what the whole cluster may
     * take: when some hang and are ended hard there is time to stop the brokers.
     */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    /**
     * For what one that was killed leaves behind for a moment: its children end when they notice.
     */
    private static final Duration REMAINS_LIMIT = Duration.ofSeconds(60);

    private final DataDirectory data;
    private final LocalClusterSettings settings;
    private final Parts parts = new Parts();
    private volatile @Nullable ClusterPlan plan;
    private volatile @Nullable IngestStatus ingest;

    public LocalCluster(DataDirectory data, LocalClusterSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /**
     * Starts everything; gateways take requests when this returns, and repositories are followed.
     *
     * @param started told of each process but the brokers, once all of its kind work
     * @param failed called when a process died that cannot be started again
     * @throws TideScopeException PRECONDITION_FAILED when the data directory does not fit,
     *     UNAVAILABLE when a process does not come up
     */
    public void start(Consumer<ClusterNode> started, Consumer<RuntimeException> failed)
            throws IOException, InterruptedException {
        requireFitting();
        // One that was killed left its own, and perhaps children that are ending.
        boolean killed = Endpoints.find(data.root()).isPresent();
        for (int i = 0; settings.port() != 0 && i < settings.gateways(); i++) {
            Ports.requireFree(
                    ClusterPlan.LOOPBACK,
                    settings.port() + i,
                    killed ? REMAINS_LIMIT : Duration.ZERO);
        }
        Endpoints.remove(data.root());
        BrokerProcess brokers =
                parts.add(
                        "brokers",
                        new BrokerProcess(
                                settings.brokerJava(),
                                data.brokers(),
                                data.logs(),
                                settings.brokers(),
                                () -> failed.accept(lost("a broker", data.logs()))));
        KafkaConnection kafka = brokers.start();
        ClusterCheck.ensureTopics(
                kafka,
                new Topics(Namespace.NONE, settings.partitions(), Replication.BROKERS_DEFAULT));
        ClusterPlan chosen = new ClusterPlan(settings, kafka, data.root());
        // One group: it stops all at once, for one after the other would be too long if many hang.
        ChildGroup roles = parts.add("roles", new ChildGroup());
        for (List<ClusterNode> nodes : chosen.inOrder()) {
            roles.start(children(chosen, nodes, failed));
            nodes.forEach(started);
        }
        ingest = parts.add("ingest status", new IngestStatus(chosen.ingest().admin()));
        URI registry = URI.create("http://" + chosen.registry().service());
        URI poke = URI.create("http://" + chosen.ingest().service());
        plan = chosen;
        new Endpoints(gateway(), poke, kafka.bootstrapServers(), registry).write(data.root());
        parts.add("endpoints", () -> Endpoints.remove(data.root()));
    }

    /** The number of brokers is part of the data: with others there is no quorum. */
    private void requireFitting() throws IOException {
        data.requireWithout(
                data.broker(), "belongs to 'tidescope up'; choose another directory with --data");
        Files.createDirectories(data.brokers());
        long found = brokers(data.brokers());
        if (found != 0 && found != settings.brokers()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "the data directory %s was made with --brokers %d, not %d; say the same, or choose another with --data"
                            .formatted(data.root(), found, settings.brokers()));
        }
    }

    /** Whose data is there: one's own, or a numbered directory of each. */
    private static long brokers(Path directory) throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return 1;
        }
        try (Stream<Path> each = Files.list(directory)) {
            return each.filter(Files::isDirectory)
                    .filter(broker -> broker.getFileName().toString().matches("\\d+"))
                    .count();
        }
    }

    private List<ChildProcess> children(
            ClusterPlan chosen, List<ClusterNode> nodes, Consumer<RuntimeException> failed)
            throws IOException {
        List<ChildProcess> children = new ArrayList<>();
        for (ClusterNode node : nodes) {
            List<String> command = new ArrayList<>(settings.roleJava().apply(node.role()));
            command.addAll(
                    List.of(
                            node.role().command(),
                            "--attached",
                            "--config",
                            chosen.configure(node).toString()));
            children.add(
                    new ChildProcess(
                            new ChildCommand(
                                    node.name(), command, chosen.errors(node), chosen.log(node)),
                            STOP_LIMIT,
                            () -> failed.accept(lost(node.name(), chosen.log(node)))));
        }
        return children;
    }

    private static TideScopeException lost(String what, Path log) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "%s died and could not be started again; %s says why".formatted(what, log));
    }

    /** Where the first gateway answers, once started. */
    public URI gateway() {
        ClusterNode first = nodes().gateways().getFirst();
        return URI.create(
                "http://" + Objects.requireNonNull(first.service(), first.name()).reachable());
    }

    private ClusterPlan nodes() {
        return Objects.requireNonNull(plan, "not started");
    }

    /** How far publishing has come since the start of the ingest process. */
    public Publishing publishing() {
        return Objects.requireNonNull(ingest, "not started").read();
    }

    /** Stops all roles at once, then the brokers. */
    @Override
    public void close() {
        parts.close();
    }
}
