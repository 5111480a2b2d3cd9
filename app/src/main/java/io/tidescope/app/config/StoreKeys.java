package io.tidescope.app.config;

import io.tidescope.store.GroupSettings;
import io.tidescope.store.StoreSettings;

import java.nio.file.Path;
import java.time.Duration;

/** How partitions are kept. */
final class StoreKeys {
    private static final int MAX_THREADS = 256;
    private static final long MIB = 1L << 20;

    static final SettingGroup GROUP = new SettingGroup(Role.STORE);

    static final Setting<Path> STORE_DIRECTORY =
            GROUP.required(
                    "store.directory",
                    PathForm.directory(),
                    "Where the node keeps its partitions; its own, on a durable disk.");
    static final Setting<String> STORE_HOST =
            GROUP.of(
                    "store.host",
                    ScalarForm.host(),
                    "127.0.0.1",
                    "Interface that gateways reach the node by; `0.0.0.0` for all.");
    static final Setting<Integer> STORE_PORT =
            GROUP.of(
                    "store.port",
                    ScalarForm.port(),
                    "7401",
                    "Port that gateways reach the node by.");
    static final Setting<Address> STORE_ADVERTISED =
            GROUP.optional(
                    "store.advertised",
                    ScalarForm.address(),
                    "Where others reach the node; `store.host` and `store.port` when"
                            + " not set.");
    static final Setting<Integer> STORE_THREADS =
            GROUP.of(
                    "store.threads",
                    ScalarForm.wholeNumber(1, MAX_THREADS),
                    "2",
                    "Threads that apply and restore records, of as many partitions side by side.");
    static final Setting<Integer> QUERY_THREADS =
            GROUP.of(
                    "store.query-threads",
                    ScalarForm.wholeNumber(1, MAX_THREADS),
                    "2",
                    "Threads that scan partitions for queries.");
    static final Setting<Long> NATIVE_MEMORY =
            GROUP.of(
                    "store.native-memory",
                    ScalarForm.bytes(64 * MIB, 1L << 40),
                    ScalarForm.show(StoreSettings.DEFAULT_NATIVE_MEMORY_BYTES),
                    "Bound of RocksDB's caches and write buffers together.");
    static final Setting<Long> TREE_CACHE =
            GROUP.optional(
                    "store.tree-cache",
                    ScalarForm.bytes(0, 1L << 40),
                    "About how much of the heap syntax trees take that were searched"
                            + " lately; a fifth when not set.");
    static final Setting<Duration> STORE_SESSION =
            GROUP.of(
                    "store.session-timeout",
                    ScalarForm.duration(NodeKeys.SHORTEST_SESSION, NodeKeys.LONGEST_SESSION),
                    ScalarForm.show(GroupSettings.DEFAULT_SESSION_TIMEOUT),
                    "After which a node that vanished loses its partitions; brokers"
                            + " have bounds of their own, `group.min.session.timeout.ms`.");
    static final Setting<Duration> STORE_COMMIT =
            GROUP.of(
                    "store.commit-interval",
                    ScalarForm.duration(Duration.ofMillis(50), Duration.ofMinutes(1)),
                    ScalarForm.show(GroupSettings.DEFAULT_COMMIT_INTERVAL),
                    "How often progress is committed. Standbys follow only as far as"
                            + " it is, so they are about two intervals behind.");
    static final Setting<Integer> STANDBYS =
            GROUP.of(
                    "store.standbys",
                    ScalarForm.wholeNumber(0, GroupSettings.MAX_STANDBY_REPLICAS),
                    Integer.toString(GroupSettings.DEFAULT_STANDBY_REPLICAS),
                    "Nodes that follow each partition beside the one that has it, if"
                            + " there are as many; the same at all nodes.");
    static final Setting<String> RACK =
            GROUP.optional(
                    "store.rack",
                    ScalarForm.text(
                            "1 to 30 letters, digits, dots, dashes or underscores",
                            "[A-Za-z0-9._-]{1,30}"),
                    "Where the node stands, such as a zone: standbys are put where the"
                            + " partition itself is not. All nodes say it, or none.");

    private StoreKeys() {}
}
