package io.tidescope.app.cluster;

import io.tidescope.app.child.Ports;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.Role;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.schemas.KafkaConnection;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which processes a cluster has, where they answer, and what each is configured with. */
final class ClusterPlan {
    static final String LOOPBACK = "127.0.0.1";

    /** A node that is gone is noticed sooner than in a real network. */
    private static final String PARSER_SESSION_TIMEOUT = "3s";

    /**
     * A killed node's partitions have no active node for so long, and for what the others need to
     * agree, half a second to one. Cost: one whose process stands still for so long loses its
     * partitions, and after four fifths of it (see the store's lease) is active no longer; on a
     * machine that is busier than that, standbys answer until it goes on.
     */
    private static final String STORE_SESSION_TIMEOUT = "1700ms";

    /** For the ingest process of a cluster that was killed, which is ending. */
    private static final Duration LAST_PORT_PATIENCE = Duration.ofSeconds(15);

    /** Of stores that share a machine. */
    private static final String NATIVE_MEMORY = "192MiB";

    private final LocalClusterSettings settings;
    private final KafkaConnection kafka;
    private final Path root;
    private final ClusterNode registry;
    private final ClusterNode ingest;
    private final List<ClusterNode> stores = new ArrayList<>();
    private final List<ClusterNode> parsers = new ArrayList<>();
    private final List<ClusterNode> gateways = new ArrayList<>();

    /**
     * @param root where nodes keep their data and the logs are
     */
    ClusterPlan(LocalClusterSettings settings, KafkaConnection kafka, Path root)
            throws IOException {
        this.settings = settings;
        this.kafka = kafka;
        this.root = root;
        int nodes = 2 + settings.stores() + settings.parsers() + settings.gateways();
        Iterator<Integer> free = Ports.find(2 * nodes).iterator();
        registry = node(Role.REGISTRY, "registry", free);
        ingest =
                new ClusterNode(
                        Role.INGEST,
                        "ingest",
                        new Address(LOOPBACK, ingestPort(free.next())),
                        new Address(LOOPBACK, free.next()));
        for (int i = 1; i <= settings.stores(); i++) {
            stores.add(node(Role.STORE, "store-" + i, free));
        }
        for (int i = 1; i <= settings.parsers(); i++) {
            Address admin = new Address(LOOPBACK, free.next());
            parsers.add(new ClusterNode(Role.PARSER, "parser-" + i, null, admin));
        }
        for (int i = 1; i <= settings.gateways(); i++) {
            int port = settings.port() == 0 ? free.next() : settings.port() + i - 1;
            gateways.add(
                    new ClusterNode(
                            Role.GATEWAY,
                            "gateway-" + i,
                            new Address(LOOPBACK, port),
                            new Address(LOOPBACK, free.next())));
        }
    }

    /** That of the last start if it can be had: git's hooks know it. */
    private int ingestPort(int otherwise) throws IOException {
        Path file = root.resolve("nodes").resolve("ingest.port");
        int port = otherwise;
        if (Files.exists(file)) {
            int last = Integer.parseInt(Files.readString(file).strip());
            port = Ports.awaitFree(LOOPBACK, last, LAST_PORT_PATIENCE) ? last : otherwise;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, port + "\n");
        return port;
    }

    private static ClusterNode node(Role role, String name, Iterator<Integer> free) {
        return new ClusterNode(
                role, name, new Address(LOOPBACK, free.next()), new Address(LOOPBACK, free.next()));
    }

    ClusterNode registry() {
        return registry;
    }

    ClusterNode ingest() {
        return ingest;
    }

    /** What is started side by side, in the order in which it is. */
    List<List<ClusterNode>> inOrder() {
        return List.of(List.of(registry), stores, parsers, gateways, List.of(ingest));
    }

    List<ClusterNode> gateways() {
        return gateways;
    }

    Path log(ClusterNode node) {
        return root.resolve("logs").resolve(node.name() + ".log");
    }

    Path errors(ClusterNode node) {
        return root.resolve("logs").resolve(node.name() + "-errors.log");
    }

    /** Writes the configuration file of a node and says where. */
    Path configure(ClusterNode node) throws IOException {
        NodeFile file =
                new NodeFile()
                        .set("kafka.bootstrap", kafka.bootstrapServers())
                        .set("topics.partitions", settings.partitions())
                        .set("log.file", log(node).toString())
                        .set("admin.host", node.admin().host())
                        .set("admin.port", node.admin().port());
        if (node.role() != Role.REGISTRY) {
            file.set("registry.url", "http://" + service(registry));
        }
        URI traces = settings.tracing().endpoint();
        if (traces != null) {
            file.set("tracing.endpoint", traces.toString())
                    .set("tracing.sample", plain(settings.tracing().sample()));
        }
        switch (node.role()) {
            case REGISTRY -> listen(file, "registry", node);
            case INGEST -> {
                listen(file, "ingest", node);
                file.set("ingest.repositories", repositories());
            }
            case PARSER ->
                    file.set("node.id", node.name())
                            .set("parser.session-timeout", PARSER_SESSION_TIMEOUT);
            case STORE -> {
                listen(file, "store", node);
                file.set("node.id", node.name())
                        .set(
                                "store.directory",
                                root.resolve("nodes").resolve(node.name()).toString())
                        .set("store.native-memory", NATIVE_MEMORY)
                        .set("store.session-timeout", STORE_SESSION_TIMEOUT);
            }
            case GATEWAY -> {
                listen(file, "gateway", node);
                file.set(
                        "gateway.stores",
                        stores.stream().map(store -> service(store).toString()).toList());
            }
            case ARCHIVER -> throw new IllegalArgumentException("no part of such a cluster");
        }
        Path written = root.resolve("nodes").resolve(node.name() + ".yaml");
        file.write(written);
        return written;
    }

    /** As the setting takes it: without an exponent. */
    private static String plain(double fraction) {
        return BigDecimal.valueOf(fraction).toPlainString();
    }

    private static void listen(NodeFile file, String group, ClusterNode node) {
        file.set(group + ".host", service(node).host()).set(group + ".port", service(node).port());
    }

    private static Address service(ClusterNode node) {
        return Objects.requireNonNull(node.service(), node.name());
    }

    private List<Map<String, Object>> repositories() {
        return settings.repositories().stream().map(ClusterPlan::repository).toList();
    }

    private static Map<String, Object> repository(TrackedRepository repository) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("directory", repository.directory().toString());
        entry.put("name", repository.name());
        if (!repository.refs().isEmpty()) {
            entry.put("refs", repository.refs());
        }
        entry.put("fetch", repository.fetch());
        return entry;
    }
}
