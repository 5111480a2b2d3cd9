package io.tidescope.app.role;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.StoreConfiguration;
import io.tidescope.app.health.DiskHealth;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.store.GroupSettings;
import io.tidescope.store.PartitionStatus;
import io.tidescope.store.StoreNode;
import io.tidescope.store.StoreSettings;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.remote.ServerLimits;
import io.tidescope.store.remote.StoreServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps partitions of the index and answers for them. */
public final class StoreRole implements RoleWork {
    private static final Logger log = LoggerFactory.getLogger(StoreRole.class);

    /** A process that was let go of by its parent may take this long to stop. */
    private static final Duration DIRECTORY_PATIENCE = Duration.ofSeconds(30);

    private final StoreConfiguration configuration;
    private volatile @Nullable StoreNode node;
    private volatile int port;

    public StoreRole(StoreConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Surroundings surroundings) {
        Parts parts = surroundings.parts();
        NodeDirectory directory =
                parts.add(
                        "directory",
                        NodeDirectory.open(
                                configuration.directory(),
                                configuration.nodeId(),
                                DIRECTORY_PATIENCE));
        KafkaConnection kafka = configuration.cluster().kafka();
        Patience patience = Patience.of(configuration.cluster().patience(), surroundings);
        patience.await(() -> ClusterCheck.requireTopics(kafka, configuration.cluster().topics()));
        HttpSchemaRegistry registry =
                RegistryClient.open(configuration.registry(), parts, patience);
        // The port is taken before the node is made, for it tells others where it is, and closed
        // before it: whoever asks then is answered, or asks another.
        StoreServer server = bind(surroundings.meters());
        port = server.port();
        StoreNode store;
        try {
            store =
                    parts.add(
                            "store",
                            new StoreNode(
                                    kafka,
                                    settings(directory, port),
                                    registry,
                                    surroundings.meters(),
                                    surroundings.tracing()));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        parts.add("port of the store", server);
        store.failure().whenComplete((nothing, failure) -> surroundings.failed(failure));
        store.start();
        node = store;
        server.serve(store.cluster(), store.nodeClient(), surroundings.tracing());
        surroundings.readiness().require(() -> StoreReadiness.reasons(store));
        surroundings.health().add("repository", () -> StoreReadiness.reasons(store));
        surroundings.health().add("disk", new DiskHealth(configuration.directory()));
        Foundation.watch(surroundings, kafka, configuration.cluster().topics());
        Foundation.watch(surroundings, registry);
    }

    private StoreServer bind(MeterRegistry meters) {
        Address listen = configuration.listen();
        if (configuration.tls() == null && !listen.isLoopback()) {
            log.atWarn()
                    .addKeyValue("address", listen)
                    .log(
                            "INSECURE: whoever reaches this address reads all code of this store,"
                                    + " for node.tls is not configured and node.insecure is true");
        }
        return StoreServer.bind(
                new InetSocketAddress(listen.host(), listen.port()),
                NodeCertificates.context(configuration.tls(), InstantSource.system(), meters),
                ServerLimits.DEFAULT);
    }

    private StoreSettings settings(NodeDirectory directory, int boundPort) {
        StoreSettings defaults = StoreSettings.of(directory.state(), configuration.nodeId());
        Address advertised = configuration.advertised();
        int reached = advertised.port() == 0 ? boundPort : advertised.port();
        return new StoreSettings(
                directory.state(),
                configuration.nodeId(),
                configuration.threads(),
                configuration.queryThreads(),
                configuration.nativeMemoryBytes(),
                configuration.treeCacheBytes() < 0
                        ? defaults.treeCacheBytes()
                        : configuration.treeCacheBytes(),
                new GroupSettings(
                        configuration.sessionTimeout(),
                        configuration.commitInterval(),
                        configuration.standbys(),
                        configuration.rack(),
                        new NodeAddress(advertised.host(), reached)));
    }

    @Override
    public Map<String, Object> status() {
        StoreNode store = node;
        if (store == null) {
            return Map.of();
        }
        return Map.of(
                "node", configuration.nodeId(),
                "address", configuration.listen().withPort(port).toString(),
                "partitions",
                        store.status().stream()
                                .collect(
                                        Collectors.toMap(
                                                each -> Integer.toString(each.partition()),
                                                PartitionStatus::state)));
    }
}
