package io.tidescope.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.tidescope.query.routing.RoutingSettings;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.remote.ClientLimits;
import io.tidescope.store.remote.RemoteNode;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The stores of a cluster of this machine, asked without a gateway. Safe for concurrent use. */
public final class DirectStores implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String DOCUMENTS = Namespace.NONE.documents();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** As many may wait as wait in a gateway. */
    private static final ClientLimits LIMITS =
            new ClientLimits(
                    RoutingSettings.DEFAULT.maxAsks(),
                    RoutingSettings.DEFAULT.maxWaiting(),
                    ClientLimits.DEFAULT.connect(),
                    ClientLimits.DEFAULT.idle());

    private final List<RemoteNode> nodes = new ArrayList<>();

    /** By node, the partitions that are active there. */
    private final List<Map<Integer, PartitionBound>> actives = new ArrayList<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Finds them and what each holds now.
     *
     * @param data data directory of {@code cluster up}
     * @param bootstrap where its brokers are
     */
    public DirectStores(Path data, String bootstrap) throws Exception {
        String cluster = cluster(bootstrap);
        for (int port : ports(data.resolve("nodes"))) {
            RemoteNode node =
                    new RemoteNode(new NodeAddress("127.0.0.1", port), cluster, null, LIMITS);
            Map<Integer, PartitionBound> active = new HashMap<>();
            for (NodeStatus.Held held : node.status(Deadline.in(LIMIT)).held()) {
                if (held.state() == NodeStatus.State.ACTIVE) {
                    active.put(held.partition(), PartitionBound.ANY);
                }
            }
            nodes.add(node);
            actives.add(active);
        }
    }

    /** Stores call their cluster by the id of the topic that they are made from. */
    private static String cluster(String bootstrap) throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            return admin.describeTopics(List.of(DOCUMENTS))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString();
        }
    }

    private static List<Integer> ports(Path nodes) throws IOException {
        try (Stream<Path> files = Files.list(nodes)) {
            return files.filter(file -> file.getFileName().toString().matches("store-\\d+\\.yaml"))
                    .sorted()
                    .map(DirectStores::port)
                    .toList();
        }
    }

    private static int port(Path file) {
        try {
            return YAML.readTree(file.toFile()).path("store").path("port").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether every node holds every partition, and can answer for each with all there is. */
    public static boolean allHoldAll(Path data, String bootstrap) {
        try (DirectStores stores = new DirectStores(data, bootstrap)) {
            for (RemoteNode node : stores.nodes) {
                NodeStatus status = node.status(Deadline.in(LIMIT));
                long caughtUp =
                        status.held().stream()
                                .filter(held -> held.state() != NodeStatus.State.RESTORING)
                                .filter(held -> held.standing().lag() == 0)
                                .count();
                if (caughtUp < status.partitions()) {
                    return false;
                }
            }
            return true;
        } catch (TideScopeException e) {
            return false; // it is not there yet
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks all partitions, every node at the same time, and waits for the last answer. */
    public void ask(StoreQuery<?> query) {
        List<Future<Boolean>> asked = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            RemoteNode node = nodes.get(i);
            Map<Integer, PartitionBound> bounds = actives.get(i);
            asked.add(
                    threads.submit(
                            () ->
                                    node.ask(query, bounds).values().stream()
                                            .allMatch(
                                                    reply ->
                                                            reply
                                                                    instanceof
                                                                    PartitionReply.Answered)));
        }
        try {
            for (Future<Boolean> each : asked) {
                if (!each.get()) {
                    throw new IllegalStateException("not every partition answered");
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.close();
        nodes.forEach(RemoteNode::close);
    }
}
