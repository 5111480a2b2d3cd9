package io.tidescope.query.routing;

import static io.tidescope.query.routing.FakeCluster.SETTINGS;
import static io.tidescope.query.routing.FakeCluster.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeInspection.PartitionProgress;
import io.tidescope.store.query.NodeStatus.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What nodes tell of themselves, and which do not. */
@Timeout(60)
class NodeInspectionsTest {
    private final FakeCluster cluster = new FakeCluster(2);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everyNodeTellsOfItself() {
        cluster.node("one").active(0);
        cluster.node("two").active(1).holds(0, State.RESTORING, 3);

        List<NodeReport> reports = inspect(cluster.store(), Duration.ofSeconds(20));

        assertThat(reports).extracting(NodeReport::address).containsExactly("one:1", "two:1");
        assertThat(reports).extracting(NodeReport::trouble).containsOnlyNulls();
        assertThat(Objects.requireNonNull(reports.getLast().inspection()).partitions())
                .extracting(PartitionProgress::state)
                .containsExactly(State.RESTORING, State.ACTIVE);
    }

    @Test
    void aNodeThatDiesIsNamedWithWhatItWas() {
        cluster.node("one").active(0);
        FakeNode two = cluster.node("two").active(1);
        RoutedStore store = cluster.store();
        two.die();

        NodeReport dead = inspect(store, Duration.ofSeconds(20)).getLast();

        assertThat(dead.inspection()).isNull();
        assertThat(dead.trouble()).isEqualTo("connection refused");
        assertThat(Objects.requireNonNull(dead.status()).nodeId()).isEqualTo("two");
    }

    @Test
    void aNodeThatNeverAnsweredIsNamedByItsAddress() {
        cluster.node("one").active(0, 1);
        RoutedStore store = cluster.seeded(SETTINGS, AnswerCache.NONE, "absent:1", "one:1");
        eventually(() -> store.view().members().size() == 1);
        eventually(() -> inspect(store, Duration.ofSeconds(20)).getFirst().trouble() != null);

        NodeReport absent = inspect(store, Duration.ofSeconds(20)).getFirst();

        assertThat(absent.address()).isEqualTo("absent:1");
        assertThat(absent.status()).isNull();
        assertThat(absent.live()).isFalse();
        assertThat(absent.inspection()).isNull();
    }

    @Test
    void aNodeThatKeepsSilentIsWaitedForNoLongerThanAsked() {
        cluster.node("one").active(0);
        FakeNode two = cluster.node("two").active(1);
        RoutedStore store = cluster.store();
        two.stop();

        List<NodeReport> reports = inspect(store, Duration.ofMillis(50));

        assertThat(reports.getFirst().inspection()).isNotNull();
        assertThat(reports.getLast().trouble()).isEqualTo("too late");
    }

    @Test
    void aNodeThatIsTooOldToTellIsThereAllTheSame() {
        FakeNode old = cluster.node("old").active(0, 1);
        RoutedStore store = cluster.store();
        old.tellNothing(
                new TideScopeException(ErrorCode.UNSUPPORTED_VERSION, "too old; upgrade it"));

        NodeReport report = inspect(store, Duration.ofSeconds(20)).getFirst();

        assertThat(report.live()).isTrue();
        assertThat(report.trouble()).isEqualTo("too old; upgrade it");
        assertThat(Objects.requireNonNull(report.status()).held()).hasSize(2);
    }

    @Test
    void aNodeThatIsKnownByTwoAddressesIsOneNode() {
        FakeNode one = cluster.node("one").active(0, 1);
        cluster.alias("other:1", one);
        RoutedStore store = cluster.seeded(SETTINGS, AnswerCache.NONE, "one:1", "other:1");
        eventually(() -> one.looks.get() > 4 && inspect(store, Duration.ofSeconds(20)).size() == 1);

        assertThat(inspect(store, Duration.ofSeconds(20)))
                .extracting(NodeReport::address)
                .containsExactly("one:1");
    }

    @Test
    void aNodeThatWasStartedAgainElsewhereIsNoLongerWhereItWas() {
        FakeNode before = cluster.node("one", "one:1").active(0, 1);
        FakeNode after = cluster.node("one", "one:2").active(0, 1).incarnation("one-2");
        RoutedStore store = cluster.seeded(SETTINGS, AnswerCache.NONE, "one:1", "one:2");
        eventually(
                () ->
                        inspect(store, Duration.ofSeconds(20)).stream()
                                        .filter(NodeReport::live)
                                        .count()
                                == 2);
        before.die();
        eventually(() -> inspect(store, Duration.ofSeconds(20)).size() == 1);

        assertThat(inspect(store, Duration.ofSeconds(20)))
                .extracting(NodeReport::address)
                .containsExactly("one:2");
        assertThat(after.looks.get()).isPositive();
    }

    private static List<NodeReport> inspect(RoutedStore store, Duration time) {
        return store.inspect(Deadline.in(time));
    }
}
