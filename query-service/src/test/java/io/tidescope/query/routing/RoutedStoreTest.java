package io.tidescope.query.routing;

import static io.tidescope.query.routing.FakeCluster.SETTINGS;
import static io.tidescope.query.routing.FakeCluster.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreClient.Answers;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A store over nodes that die, stop, move, lag and contradict each other. */
@Timeout(60)
class RoutedStoreTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ReadBound STRONG = new ReadBound(Consistency.STRONG, Map.of());

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
    void aStandbyIsAskedTooWhenTheActiveOneIsSlowAndWhoIsLateIsLetGo() {
        FakeNode a = cluster.node("a").active(0, 1);
        FakeNode b = cluster.node("b").standby(0, 1);
        RoutedStore store = cluster.store();
        a.stall();

        Answers<?> answers = ask(store, 0, 1);

        assertThat(answers.complete()).isTrue();
        assertThat(answers.standings().values()).noneMatch(standing -> standing.active());
        assertThat(b.asked).hasSize(1);
        eventually(() -> a.interrupted.get() == 1);
    }

    @Test
    void theFirstGoodAnswerWinsAlsoWhenItIsTheSlowOnes() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.stall();
        b.stall();
        CompletableFuture<Answers<?>> answers = CompletableFuture.supplyAsync(() -> ask(store, 0));
        eventually(() -> b.asked.size() == 1);
        a.goOn();

        assertThat(standing(answers.join(), 0).active()).isTrue();
        eventually(() -> b.interrupted.get() == 1);
    }

    @Test
    void noStandbyIsAskedWhenOnlyTheActiveOneWillDo() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").standby(0).active(1);
        RoutedStore store = cluster.store();
        a.die();

        Answers<?> answers = ask(store.within(STRONG), 0, 1);

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

        Answers<?> answers = ask(store.within(STRONG), 0);

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
    void aPartitionThatIsOnItsWayIsWaitedFor() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b");
        RoutedStore store = cluster.store(patient(), AnswerCache.NONE);
        a.drop(0);
        b.holds(0, State.RESTORING, 9);
        CompletableFuture<Answers<?>> answers = CompletableFuture.supplyAsync(() -> ask(store, 0));
        eventually(() -> a.asked.size() == 1);
        assertThat(answers).isNotDone();
        b.active(0);

        assertThat(answers.join().complete()).isTrue();
    }

    @Test
    void aPartitionThatHasBeenGoneForLongIsMissingAtOnce() {
        cluster.node("a").active(0).holds(1, State.RESTORING, 3);
        RoutedStore store = cluster.store(patient(), AnswerCache.NONE);

        Answers<?> answers = ask(store, 0, 1, 2);

        assertThat(answers.byPartition()).containsOnlyKeys(0);
        assertThat(answers.missing().get(1)).contains("a:1", "restoring");
        assertThat(answers.missing().get(2)).contains("no node");
    }

    @Test
    void noReplicaAnswersThatIsBehindWhatWasSeenElsewhere() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").holds(0, State.STANDBY, 9);
        RoutedStore store = cluster.store(patient(), AnswerCache.NONE);
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
        assertFails(ErrorCode.OVERLOADED, () -> ask(store.within(STRONG), 0));
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
    void asksANodeNoMoreThanItIsToBeAskedAtATime() {
        FakeNode a = cluster.node("a").active(0);
        RoutedStore store = cluster.store();
        a.stall();
        int most = SETTINGS.maxAsks() + SETTINGS.maxWaiting();
        List<Future<Answers<?>>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i <= most; i++) {
                asked.add(threads.submit(() -> ask(store, 0)));
            }
            // One is refused at once, whoever came last.
            eventually(() -> asked.stream().anyMatch(Future::isDone));
            eventually(() -> a.asked.size() == SETTINGS.maxAsks());
            assertThat(asked.stream().filter(Future::isDone)).hasSize(1);
            a.goOn();
        }
        List<Throwable> failures =
                asked.stream()
                        .filter(it -> it.state() == Future.State.FAILED)
                        .map(Future::exceptionNow)
                        .toList();
        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(ask(store, 0).complete()).isTrue();
    }

    @Test
    void aReplicaAnswersForOneWhoseDataIsDamaged() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").standby(0);
        RoutedStore store = cluster.store();
        a.fail(new TideScopeException(ErrorCode.CORRUPT, "a block is damaged"));

        assertThat(ask(store, 0).complete()).isTrue();
        assertFails(ErrorCode.CORRUPT, () -> ask(store.within(STRONG), 0));
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
    void aNodeThatReturnsFromBeingStoppedIsNotAskedForWhatAnotherHasTakenOver() {
        FakeNode zombie = cluster.node("zombie").holds(0, State.ACTIVE, 10);
        FakeNode other = cluster.node("other").holds(0, State.ACTIVE, 12);

        Answers<?> answers = ask(cluster.store().within(STRONG), 0);

        assertThat(standing(answers, 0).position()).isEqualTo(12);
        assertThat(zombie.asked).isEmpty();
        assertThat(other.asked).hasSize(1);
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
    void aNodeThatIsThereAndTooSlowEndsTheQuestionAtItsDeadline() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").active(1);
        RoutedStore store = cluster.store();
        a.stall();

        assertFails(ErrorCode.DEADLINE_EXCEEDED, () -> ask(store, Duration.ofMillis(50), 0, 1));
    }

    @Test
    void aNodeThatWasStoppedIsMissingAndNotWaitedForForEver() {
        RoutingSettings impatient =
                new RoutingSettings(
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMinutes(1),
                        SETTINGS.hedgeAfter(),
                        Duration.ofMillis(10),
                        4,
                        4);
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").active(1);
        RoutedStore store = cluster.store(impatient, AnswerCache.NONE);
        a.stop();

        Answers<?> answers = ask(store, 0, 1);

        assertThat(answers.byPartition()).containsOnlyKeys(1);
        assertThat(answers.missing().get(0)).contains("a:1");
        eventually(() -> a.interrupted.get() > 0);
    }

    @Test
    void whoeverIsInterruptedLetsGoOfTheNodes() {
        FakeNode a = cluster.node("a").active(0);
        RoutedStore store = cluster.store();
        a.stall();
        FutureTask<Answers<?>> asking = new FutureTask<>(() -> ask(store, 0));
        Thread asker = Thread.ofVirtual().start(asking);
        eventually(() -> a.asked.size() == 1);
        asker.interrupt();

        assertThatThrownBy(asking::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(InterruptedException.class);
        eventually(() -> a.interrupted.get() == 1);
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

    private static RoutingSettings patient() {
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

    private static Answers<?> ask(StoreClient store, int... partitions) {
        return ask(store, LONG, partitions);
    }

    private static Answers<?> ask(StoreClient store, Duration time, int... partitions) {
        return store.ask(
                new ReadStatistics(Deadline.in(time)),
                Set.copyOf(Arrays.stream(partitions).boxed().toList()));
    }

    private static void assertFails(ErrorCode code, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        TideScopeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static Standing standing(Answers<?> answers, int partition) {
        return Objects.requireNonNull(answers.standings().get(partition));
    }

    private static PartitionBound bound(Map<Integer, PartitionBound> bounds, int partition) {
        return Objects.requireNonNull(bounds.get(partition));
    }
}
