package io.tidescope.query.routing;

import static io.tidescope.query.routing.FakeCluster.ask;
import static io.tidescope.query.routing.FakeCluster.assertFails;
import static io.tidescope.query.routing.FakeCluster.eventually;
import static io.tidescope.query.routing.FakeCluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.StoreClient.Answers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Whom a question goes to, over nodes that die, move, lag and refuse. */
@Timeout(60)
class RoutedStoreTest {
    private final FakeCluster cluster = new FakeCluster(4);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void asksEachNodeOnceForAllThatIsWantedOfIt() {
        FakeNode a = cluster.node("a").active(0, 1).standby(2, 3);
        FakeNode b = cluster.node("b").active(2, 3).standby(0, 1);

        Answers<?> answers = ask(cluster.store(), 0, 1, 2);

        assertThat(answers.complete()).isTrue();
        assertThat(answers.byPartition()).containsOnlyKeys(0, 1, 2);
        assertThat(answers.standings().values()).allMatch(standing -> standing.active());
        assertThat(a.asked).singleElement().satisfies(it -> assertThat(it).containsOnlyKeys(0, 1));
        assertThat(b.asked).singleElement().satisfies(it -> assertThat(it).containsOnlyKeys(2));
    }

    @Test
    void everyReplicaIsAskedForItselfWhenAllAreToAnswer() {
        FakeNode a = cluster.node("a").active(0, 1).standby(2);
        FakeNode b = cluster.node("b").active(2).standby(0, 1);
        RoutedStore store = cluster.store();

        List<NodeReplies<PartitionStatistics>> replies =
                store.askAll(
                        new ReadStatistics(Deadline.in(Duration.ofSeconds(30))),
                        partition -> partition != 1);

        assertThat(replies).extracting(NodeReplies::node).containsExactlyInAnyOrder("a", "b");
        assertThat(replies)
                .allSatisfy(
                        it -> {
                            assertThat(it.failure()).isNull();
                            assertThat(it.replies()).containsOnlyKeys(0, 2);
                        });
        assertThat(a.asked).singleElement().satisfies(it -> assertThat(it).containsOnlyKeys(0, 2));
        assertThat(b.asked).singleElement().satisfies(it -> assertThat(it).containsOnlyKeys(0, 2));
    }

    @Test
    void aNodeThatFailsIsNamedAndTheOthersAnswer() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").active(1);
        RoutedStore store = cluster.store();
        a.die();

        List<NodeReplies<PartitionStatistics>> replies =
                store.askAll(
                        new ReadStatistics(Deadline.in(Duration.ofSeconds(30))), partition -> true);

        assertThat(replies)
                .filteredOn(it -> it.failure() == null)
                .singleElement()
                .satisfies(it -> assertThat(it.node()).isEqualTo("b"));
        assertThat(replies)
                .filteredOn(it -> it.failure() != null)
                .singleElement()
                .satisfies(it -> assertThat(it.node()).isEqualTo("a"));
    }

    @Test
    void aStandbyAnswersForANodeThatDiedAndTheAnswerSaysSo() {
        FakeNode a = cluster.node("a").active(0, 1);
        FakeNode b = cluster.node("b").active(2, 3);
        b.holds(0, State.STANDBY, 7).holds(1, State.STANDBY, 10);
        RoutedStore store = cluster.store();
        a.die();

        Answers<?> answers = ask(store, 0, 1, 2, 3);

        assertThat(answers.complete()).isTrue();
        assertThat(standing(answers, 0).active()).isFalse();
        // It knows of no lag itself; what the active one had come to is known.
        assertThat(standing(answers, 0).lag()).isEqualTo(3);
        assertThat(standing(answers, 1).lag()).isZero();
        assertThat(standing(answers, 2).active()).isTrue();
    }

    @Test
    void noStandbyIsAskedWhenOnlyTheActiveOneWillDo() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").standby(0).active(1);
        RoutedStore store = cluster.store();
        a.die();

        Answers<?> answers = ask(store.within(FakeCluster.STRONG), 0, 1);

        assertThat(answers.byPartition()).containsOnlyKeys(1);
        assertThat(answers.missing().get(0)).isNotEmpty();
        assertThat(b.asked).allSatisfy(it -> assertThat(it).containsOnlyKeys(1));
        assertThat(b.asked).allSatisfy(it -> assertThat(bound(it, 1).activeOnly()).isTrue());
    }

    @Test
    void whoTakesOverIsFoundAtOnce() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.die();
        b.active(0);

        Answers<?> answers = ask(store.within(FakeCluster.STRONG), 0);

        assertThat(answers.complete()).isTrue();
        assertThat(standing(answers, 0).active()).isTrue();
    }

    @Test
    void aPartitionThatMovedIsAskedForWhereItIsNow() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b");
        RoutedStore store = cluster.store(slowlyBeating(), AnswerCache.NONE);
        a.drop(0);
        b.active(0);

        Answers<?> answers = ask(store, 0);

        assertThat(answers.complete()).isTrue();
        assertThat(a.asked).hasSize(1);
        assertThat(b.asked).hasSize(1);
    }

    @Test
    void aPartitionThatHasBeenGoneForLongIsMissingAtOnce() {
        cluster.node("a").active(0).holds(1, State.RESTORING, 3);
        RoutedStore store = cluster.store(FakeCluster.patient(), AnswerCache.NONE);

        Answers<?> answers = ask(store, 0, 1, 2);

        assertThat(answers.byPartition()).containsOnlyKeys(0);
        assertThat(answers.missing().get(1)).contains("a:1", "restoring");
        assertThat(answers.missing().get(2)).contains("no node");
    }

    @Test
    void noReplicaAnswersThatIsBehindWhatWasSeenElsewhere() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").holds(0, State.STANDBY, 9);
        RoutedStore store = cluster.store(FakeCluster.patient(), AnswerCache.NONE);
        a.die();
        CompletableFuture<Answers<?>> answers =
                CompletableFuture.supplyAsync(
                        () -> ask(store.within(ReadBound.AVAILABLE.atLeast(Map.of(0, 10L))), 0));
        eventually(() -> b.asked.size() == 1);
        assertThat(answers).isNotDone();
        b.holds(0, State.STANDBY, 11);

        assertThat(standing(answers.join(), 0).position()).isEqualTo(11);
        assertThat(b.asked).allSatisfy(it -> assertThat(bound(it, 0).minPosition()).isEqualTo(10));
        assertThat(b.asked).hasSize(2);
    }

    @Test
    void aReplicaThatStaysBehindIsMissing() {
        FakeNode a = cluster.node("a").active(0, 1);
        cluster.node("b").standby(0).holds(1, State.STANDBY, 9);
        RoutedStore store = cluster.store();
        a.die();

        Answers<?> answers =
                ask(store.within(ReadBound.AVAILABLE.atLeast(Map.of(0, 10L, 1, 10L))), 0, 1);

        assertThat(answers.byPartition()).containsOnlyKeys(0);
        assertThat(answers.missing().get(1)).isNotEmpty();
    }

    @Test
    void aStandbyAnswersWhenTheActiveOneHasTooMuchToDo() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.refuse(0, Refusal.OVERLOADED);

        assertThat(standing(ask(store, 0), 0).active()).isFalse();
        assertFails(ErrorCode.OVERLOADED, () -> ask(store.within(FakeCluster.STRONG), 0));
    }

    @Test
    void saysSoWhenEverybodyHasTooMuchToDo() {
        FakeNode a = cluster.node("a").active(0, 1);
        FakeNode b = cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.refuse(0, Refusal.OVERLOADED);
        b.refuse(0, Refusal.OVERLOADED);

        assertFails(ErrorCode.OVERLOADED, () -> ask(store, 0, 1));
        assertThat(a.asked.size() + b.asked.size()).isEqualTo(2);
    }

    @Test
    void aReplicaAnswersForOneWhoseDataIsDamaged() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.fail(new TideScopeException(ErrorCode.CORRUPT, "a block is damaged"));

        assertThat(ask(store, 0).complete()).isTrue();
        assertFails(ErrorCode.CORRUPT, () -> ask(store.within(FakeCluster.STRONG), 0));
    }

    @Test
    void whatIsTheSameOnEveryNodeIsToldAtOnce() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.fail(TideScopeException.invalid("q", "malformed"));

        assertFails(ErrorCode.INVALID_ARGUMENT, () -> ask(store, 0));
        assertThat(b.asked).isEmpty();
    }

    @Test
    void answersThatAreTooLargeTogetherAreAskedForOneByOne() {
        FakeNode a = cluster.node("a").active(0, 1, 2);
        RoutedStore store = cluster.store();
        a.answerAtOnce(1);
        assertThat(ask(store, 0, 1, 2).complete()).isTrue();
        assertThat(a.asked).hasSize(1 + 3);

        a.answerAtOnce(0);
        assertFails(ErrorCode.LIMIT_EXCEEDED, () -> ask(store, 0, 1, 2));
    }

    @Test
    void nobodyIsBelievedWhoAnswersFromLessThanWasAskedFor() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").holds(0, State.STANDBY, 9);
        RoutedStore store = cluster.store();
        b.becomeCareless();
        a.becomeCareless();
        a.holds(0, State.STANDBY, 10);

        assertThat(ask(store.within(FakeCluster.STRONG), 0).byPartition()).isEmpty();
        assertThat(ask(store.within(ReadBound.AVAILABLE.atLeast(Map.of(0, 11L))), 0).byPartition())
                .isEmpty();
        assertThat(a.asked).isNotEmpty();
    }

    @Test
    void aNodeThatReturnsFromBeingStoppedIsNotAskedForWhatAnotherHasTakenOver() {
        FakeNode zombie = cluster.node("zombie").holds(0, State.ACTIVE, 10);
        FakeNode other = cluster.node("other").holds(0, State.ACTIVE, 12);

        Answers<?> answers = ask(cluster.store().within(FakeCluster.STRONG), 0);

        assertThat(standing(answers, 0).position()).isEqualTo(12);
        assertThat(zombie.asked).isEmpty();
        assertThat(other.asked).hasSize(1);
    }

    private static RoutingSettings slowlyBeating() {
        return new RoutingSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(40),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                4,
                4);
    }

    private static PartitionBound bound(Map<Integer, PartitionBound> bounds, int partition) {
        return Objects.requireNonNull(bounds.get(partition));
    }
}
