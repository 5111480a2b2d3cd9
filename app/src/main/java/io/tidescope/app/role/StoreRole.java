package io.tidescope.app.role;

import io.tidescope.app.config.StoreConfiguration;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.store.GroupSettings;
import io.tidescope.store.PartitionStatus;
import io.tidescope.store.StoreHealth;
import io.tidescope.store.StoreNode;
import io.tidescope.store.StoreSettings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps partitions of the index and answers for them. */
public final class StoreRole implements RoleWork {
    private final StoreConfiguration configuration;
    private volatile @Nullable StoreNode node;
    private volatile @Nullable StoreEndpoint endpoint;

    public StoreRole(StoreConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Surroundings surroundings) {
        Parts parts = surroundings.parts();
        NodeDirectory directory =
                parts.add(
                        "directory",
                        NodeDirectory.open(configuration.directory(), configuration.nodeId()));
        KafkaConnection kafka = configuration.cluster().kafka();
        ClusterCheck.requireTopics(kafka, configuration.cluster().topics());
        StoreNode store =
                parts.add(
                        "store",
                        new StoreNode(
                                kafka,
                                settings(directory),
                                RegistryClient.open(configuration.registry(), parts),
                                surroundings.meters()));
        store.failure().whenComplete((nothing, failure) -> surroundings.failed(failure));
        store.start();
        node = store;
        endpoint = parts.add("store endpoint", StoreEndpoint.serve(store, configuration.listen()));
        surroundings.readiness().require(() -> reasons(store));
    }

    private StoreSettings settings(NodeDirectory directory) {
        StoreSettings defaults = StoreSettings.of(directory.state(), configuration.nodeId());
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
                        GroupSettings.DEFAULT_COMMIT_INTERVAL,
                        0,
                        null,
                        null));
    }

    private static List<String> reasons(StoreNode store) {
        List<String> reasons = new ArrayList<>();
        if (store.health() != StoreHealth.RUNNING) {
            reasons.add("partitions are being assigned");
        }
        for (PartitionStatus status : store.status()) {
            switch (status.state()) {
                case ACTIVE, STANDBY, ABSENT -> {}
                case RESTORING ->
                        reasons.add(
                                "partition %d is being restored: record %d of %d"
                                        .formatted(
                                                status.partition(),
                                                status.position() + 1,
                                                status.restoreEnd()));
            }
        }
        return reasons;
    }

    @Override
    public Map<String, Object> status() {
        StoreNode store = node;
        StoreEndpoint serving = endpoint;
        if (store == null || serving == null) {
            return Map.of();
        }
        return Map.of(
                "node", configuration.nodeId(),
                "address", configuration.listen().withPort(serving.port()).toString(),
                "partitions",
                        store.status().stream()
                                .collect(
                                        Collectors.toMap(
                                                each -> Integer.toString(each.partition()),
                                                PartitionStatus::state)));
    }
}
