package io.tidescope.query.routing;

import static io.tidescope.query.routing.FakeCluster.SETTINGS;
import static io.tidescope.query.routing.FakeCluster.ask;
import static io.tidescope.query.routing.FakeCluster.assertFails;
import static io.tidescope.query.routing.FakeCluster.eventually;
import static io.tidescope.query.routing.FakeCluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.store.query.StoreClient.Answers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

/** Which nodes there are: how they are found, lost, found again and forgotten. */
@Timeout(60)
class NodeDiscoveryTest {
    private final FakeCluster cluster = new FakeCluster(4);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void nodesAreFoundFromOneThatTellsOfThemAndSeedsMayComeLater() {
        RoutedStore store = cluster.seeded(SETTINGS, AnswerCache.NONE, "seed:1", "never:1");
        assertFails(ErrorCode.UNAVAILABLE, store::partitions);
        assertThat(store.readiness().ready()).isFalse();
        eventually(
                () ->
                        store.readiness().troubles().stream()
                                .anyMatch(it -> it.contains("unknown host seed:1")));

        cluster.node("other").active(2, 3);
        cluster.node("seed").active(0, 1).knows("other:1", "seed:1");
        eventually(() -> store.readiness().ready());

        assertThat(store.partitions()).isEqualTo(4);
        assertThat(ask(store, 0, 1, 2, 3).complete()).isTrue();
        assertThat(store.readiness().troubles()).singleElement().asString().contains("never:1");
    }

    @Test
    void twoNodesOfOneNameAreNotAskedAndTheAnswerSaysWhy() {
        cluster.node("a").active(0);
        FakeNode one = cluster.node("same", "x:1").active(1).incarnation("x");
        cluster.node("same", "y:1").active(1).incarnation("y");
        RoutedStore store = cluster.seeded(SETTINGS, AnswerCache.NONE, "a:1", "x:1", "y:1");
        eventually(() -> !store.view().faults().isEmpty() && store.view().members().size() == 1);

        Answers<?> answers = ask(store, 0, 1);

        assertThat(answers.byPartition()).containsOnlyKeys(0);
        assertThat(answers.missing().get(1)).contains("x:1", "y:1", "node id");
        assertThat(store.readiness().troubles()).anyMatch(it -> it.contains("node id"));
        assertThat(one.asked).isEmpty();
    }

    @Test
    void aNodeThatHasBeenGoneForLongIsForgotten() {
        RoutingSettings forgetful =
                new RoutingSettings(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(40),
                        SETTINGS.hedgeAfter(),
                        SETTINGS.moving(),
                        4,
                        4);
        FakeNode seed = cluster.node("seed").active(0).knows("gone:1");
        FakeNode gone = cluster.node("gone").active(1);
        RoutedStore store = cluster.seeded(forgetful, AnswerCache.NONE, "seed:1");
        eventually(() -> store.view().members().size() == 2);
        gone.die();

        eventually(() -> cluster.disconnected.contains(gone));
        assertThat(cluster.disconnected).doesNotContain(seed);
    }

    @Test
    void aNodeThatComesBackIsAskedAgain() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.die();
        assertThat(standing(ask(store, 0), 0).active()).isFalse();
        a.incarnation("a-2").revive();
        eventually(() -> store.view().members().stream().noneMatch(member -> member.failing()));

        assertThat(standing(ask(store, 0), 0).active()).isTrue();
    }

    @Test
    void aLookThatEndsInADefectIsNotTheLast() {
        cluster.node("a").active(0).failOnce(new StackOverflowError("a deep answer"));
        RoutedStore store = cluster.seeded(SETTINGS, AnswerCache.NONE, "a:1");

        eventually(() -> store.view().members().size() == 1);
    }

    @Test
    void theNodeOfThisProcessIsAskedOnTheThreadOfWhoAsks() {
        FakeNode here = new FakeNode("here", 4, cluster.data).active(0, 1, 2, 3).knows("b:1");
        try (RoutedStore store = RoutedStore.over(here, SETTINGS, AnswerCache.NONE)) {
            eventually(() -> store.readiness().ready());

            assertThat(ask(store, 0, 1, 2, 3).complete()).isTrue();

            assertThat(here.askers).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void aClosedStoreLooksAtNobodyAndLetsGoOfAll() {
        FakeNode a = cluster.node("a").active(0);
        RoutedStore store = cluster.store();
        store.close();

        assertThat(cluster.disconnected).containsExactly(a);
        assertThat(ask(store, 0).byPartition()).isEmpty();
    }
}
