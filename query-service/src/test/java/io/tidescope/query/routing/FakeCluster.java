package io.tidescope.query.routing;

import io.tidescope.query.InMemoryStore;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreClient.Answers;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A few nodes by their addresses, a store over them that is impatient, and asking it. */
final class FakeCluster implements AutoCloseable {
    static final RoutingSettings SETTINGS =
            new RoutingSettings(
                    Duration.ofMillis(20),
                    // What the tests stop must be stopped for sure, and what they do not, not.
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(40),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(30),
                    Duration.ofMillis(500),
                    4,
                    4);

    static final ReadBound STRONG = new ReadBound(Consistency.STRONG, Map.of());

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Map<String, FakeNode> nodes = new ConcurrentHashMap<>();
    private final List<RoutedStore> stores = new CopyOnWriteArrayList<>();
    final List<NodeClient> disconnected = new CopyOnWriteArrayList<>();
    final int partitions;
    final InMemoryStore data;

    FakeCluster(int partitions) {
        this.partitions = partitions;
        data = new InMemoryStore(partitions);
    }

    /** A node at {@code id:1}. */
    FakeNode node(String id) {
        return node(id, id + ":1");
    }

    FakeNode node(String id, String address) {
        FakeNode node = new FakeNode(id, partitions, data);
        nodes.put(address, node);
        return node;
    }

    /** A node that is at one more address. */
    void alias(String address, FakeNode node) {
        nodes.put(address, node);
    }

    void unplug(String address) {
        nodes.remove(address);
    }

    /** A store over the nodes, that has heard of them all. */
    RoutedStore store() {
        return store(SETTINGS, AnswerCache.NONE);
    }

    RoutedStore store(RoutingSettings settings, AnswerCache cache) {
        RoutedStore store = seeded(settings, cache, nodes.keySet().toArray(String[]::new));
        eventually(() -> store.view().members().size() == nodes.size());
        return store;
    }

    RoutedStore seeded(RoutingSettings settings, AnswerCache cache, String... seeds) {
        RoutedStore store = RoutedStore.of(List.of(seeds), new Connector(), settings, cache);
        stores.add(store);
        return store;
    }

    private final class Connector implements NodeConnector {
        @Override
        public NodeClient connect(String address) {
            FakeNode node = nodes.get(address);
            if (node == null) {
                throw new TideScopeException(ErrorCode.UNAVAILABLE, "unknown host " + address);
            }
            return new PendingNode(node);
        }

        @Override
        public void disconnect(NodeClient node) {
            disconnected.add(((PendingNode) node).node());
        }
    }

    static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            Assertions.assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    static RoutingSettings patient() {
        return new RoutingSettings(
                SETTINGS.heartbeat(),
                SETTINGS.patience(),
                SETTINGS.gone(),
                SETTINGS.forgotten(),
                SETTINGS.hedgeAfter(),
                Duration.ofSeconds(25),
                4,
                4);
    }

    static Answers<?> ask(StoreClient store, int... partitions) {
        return ask(store, LONG, partitions);
    }

    static Answers<?> ask(StoreClient store, Duration time, int... partitions) {
        return store.ask(
                new ReadStatistics(Deadline.in(time)),
                Set.copyOf(Arrays.stream(partitions).boxed().toList()));
    }

    static void assertFails(ErrorCode code, ThrowingCallable question) {
        Assertions.assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> Assertions.assertThat(e.code()).isEqualTo(code));
    }

    static Standing standing(Answers<?> answers, int partition) {
        return Objects.requireNonNull(answers.standings().get(partition));
    }

    @Override
    public void close() {
        stores.forEach(RoutedStore::close);
        nodes.values().forEach(FakeNode::goOn);
    }
}
