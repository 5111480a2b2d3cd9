package io.tidescope.query.routing;

import static io.tidescope.query.routing.FakeCluster.SETTINGS;
import static io.tidescope.query.routing.FakeCluster.ask;
import static io.tidescope.query.routing.FakeCluster.assertFails;
import static io.tidescope.query.routing.FakeCluster.eventually;
import static io.tidescope.query.routing.FakeCluster.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.query.cache.AnswerCache;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.StoreClient.Answers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Nodes that are there and do not answer: who else is asked, and how long anybody waits. */
@Timeout(60)
class SlowNodesTest {
    private final FakeCluster cluster = new FakeCluster(4);

    @AfterEach
    void stop() {
        cluster.close();
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
    void aStandbyThatTurnsUpLaterIsAskedForWhatNobodyElseHad() {
        FakeNode a = cluster.node("a").active(0, 1);
        FakeNode b = cluster.node("b").standby(0);
        FakeNode c = cluster.node("c");
        RoutedStore store = cluster.store(quiet(), AnswerCache.NONE);
        a.stop();
        CompletableFuture<Answers<?>> answers =
                CompletableFuture.supplyAsync(() -> ask(store, 0, 1));
        eventually(() -> b.asked.size() == 1);
        c.standby(1);

        assertThat(answers.join().complete()).isTrue();
        assertThat(c.asked).singleElement().satisfies(it -> assertThat(it).containsOnlyKeys(1));
    }

    @Test
    void whoHasTakenOverFromOneThatIsSilentIsAskedWhereOnlyTheActiveOneWillDo() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b").standby(0);
        RoutedStore store = cluster.store(quiet(), AnswerCache.NONE);
        a.stop();
        CompletableFuture<Answers<?>> answers =
                CompletableFuture.supplyAsync(() -> ask(store.within(FakeCluster.STRONG), 0));
        eventually(() -> a.asked.size() == 1);
        assertThat(b.asked).isEmpty();
        b.active(0);

        assertThat(standing(answers.join(), 0).active()).isTrue();
    }

    @Test
    void nobodyWaitsForAnAnswerOfAProcessThatIsNoMore() {
        FakeNode a = cluster.node("a").active(0);
        RoutedStore store = cluster.store();
        a.stall();
        CompletableFuture<Answers<?>> answers =
                CompletableFuture.supplyAsync(() -> ask(store.within(FakeCluster.STRONG), 0));
        eventually(() -> a.asked.size() == 1);
        // Its host went down and came back: nothing tells those who wait.
        a.restart("a-2");

        assertThat(answers.join().complete()).isTrue();
        assertThat(a.asked).hasSize(2);
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
    void aNodeThatIsThereAndTooSlowEndsTheQuestionAtItsDeadline() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").active(1);
        RoutedStore store = cluster.store();
        a.stall();

        assertFails(ErrorCode.DEADLINE_EXCEEDED, () -> ask(store, Duration.ofMillis(50), 0, 1));
    }

    @Test
    void whatOnlyOneHasThatIsSilentIsMissingAtTheDeadlineAndTheRestIsThere() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").active(1);
        RoutedStore store = cluster.store(quiet(), AnswerCache.NONE);
        a.fallSilent();
        eventually(() -> store.view().members().stream().anyMatch(member -> member.failing()));
        // Whoever waits for it on the wire may be told so a little before it is.
        a.fail(new TideScopeException(ErrorCode.DEADLINE_EXCEEDED, "not answered in time"));

        Answers<?> answers = ask(store, 0, 1);

        assertThat(answers.byPartition()).containsOnlyKeys(1);
        assertThat(answers.missing().get(0)).contains("a:1");
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
    void aPartitionThatIsOnItsWayIsWaitedFor() {
        FakeNode a = cluster.node("a").active(0);
        FakeNode b = cluster.node("b");
        RoutedStore store = cluster.store(FakeCluster.patient(), AnswerCache.NONE);
        a.drop(0);
        b.holds(0, State.RESTORING, 9);
        CompletableFuture<Answers<?>> answers = CompletableFuture.supplyAsync(() -> ask(store, 0));
        eventually(() -> a.asked.size() == 1);
        assertThat(answers).isNotDone();
        b.active(0);

        assertThat(answers.join().complete()).isTrue();
    }

    /** Notices soon who is silent, and does not give up on it for long. */
    private static RoutingSettings quiet() {
        return new RoutingSettings(
                Duration.ofMillis(20),
                Duration.ofMillis(150),
                Duration.ofSeconds(40),
                Duration.ofSeconds(60),
                SETTINGS.hedgeAfter(),
                Duration.ofMillis(300),
                4,
                4);
    }
}
