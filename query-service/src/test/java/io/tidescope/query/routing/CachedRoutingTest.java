package io.tidescope.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.SampleIndex;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.cache.CacheSettings;
import io.tidescope.query.cache.LevelledCache;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient.Answers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Answers that are kept hold exactly as long as the partition says. */
@Timeout(60)
class CachedRoutingTest {
    private static final Scope ALL = new Scope(null, Scope.ALL_REFS);

    private final FakeCluster cluster = new FakeCluster(1);
    private final SampleIndex index = new SampleIndex(cluster.data);
    private final AnswerCache cache =
            new LevelledCache(CacheSettings.of("c"), null, new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void anAnswerIsKeptAsLongAsThePartitionStandsStillAndNoLonger() {
        FakeNode a = cluster.node("a").holds(0, State.ACTIVE, 10);
        index.put("A.java", "class A {}");
        RoutedStore store = cluster.store(FakeCluster.SETTINGS, cache);

        assertThat(count(store)).isEqualTo(1);
        // What the partition does not know of does not count: it says that nothing changed.
        index.put("B.java", "class B {}");
        assertThat(count(store)).isEqualTo(1);
        assertThat(known(a.asked.getLast())).isEqualTo(10);
        a.holds(0, State.ACTIVE, 11);
        assertThat(count(store)).isEqualTo(2);
        assertThat(known(a.asked.getFirst())).isEqualTo(-1);
    }

    @Test
    void aStandbyThatIsBehindDoesNotTakeBackWhatIsKnown() {
        FakeNode a = cluster.node("a").holds(0, State.ACTIVE, 10);
        cluster.node("b").holds(0, State.STANDBY, 8);
        index.put("A.java", "class A {}").put("B.java", "class B {}");
        RoutedStore store = cluster.store(FakeCluster.SETTINGS, cache);
        assertThat(count(store)).isEqualTo(2);
        a.die();
        index.put("C.java", "class C {}");

        Answers<Long> answers = ask(store);

        assertThat(answers.byPartition()).containsEntry(0, 2L);
        assertThat(answers.standings().values()).noneMatch(standing -> standing.active());
    }

    @Test
    void aStandbyConfirmsWhatTheActiveOneAnswered() {
        FakeNode a = cluster.node("a").holds(0, State.ACTIVE, 10);
        FakeNode b = cluster.node("b").holds(0, State.STANDBY, 10);
        index.put("A.java", "class A {}");
        RoutedStore store = cluster.store(FakeCluster.SETTINGS, cache);
        assertThat(count(store)).isEqualTo(1);
        a.die();

        assertThat(count(store)).isEqualTo(1);
        assertThat(known(b.asked.getLast())).isEqualTo(10);
    }

    private static long count(RoutedStore store) {
        return ask(store).byPartition().getOrDefault(0, -1L);
    }

    private static Answers<Long> ask(RoutedStore store) {
        return store.ask(new CountDocuments(ALL, Deadline.in(Duration.ofSeconds(30))), Set.of(0));
    }

    private static long known(Map<Integer, PartitionBound> bounds) {
        return Objects.requireNonNull(bounds.get(0)).knownPosition();
    }
}
