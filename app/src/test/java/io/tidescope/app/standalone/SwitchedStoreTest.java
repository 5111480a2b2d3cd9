package io.tidescope.app.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.testing.Eventually;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

@Timeout(60)
final class SwitchedStoreTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Held first = new Held("first", 1);
    private final Held second = new Held("second", 2);
    private final SwitchedStore store = new SwitchedStore(first);

    @Test
    void questionsGoToTheStoreThatAnswersNow() throws Exception {
        first.open.countDown();
        second.open.countDown();

        assertThat(ask()).isEqualTo("first");
        store.switchTo(second, LONG);
        assertThat(ask()).isEqualTo("second");
        store.switchTo(first, LONG);
        assertThat(ask()).isEqualTo("first");
    }

    @Test
    void theStoreBeforeIsLeftOnceItHasAnsweredWhatItWasAsked() throws Exception {
        second.open.countDown();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> early = CompletableFuture.supplyAsync(this::ask, threads);
            first.asked.await();
            CompletableFuture<Void> left =
                    CompletableFuture.runAsync(() -> switchToSecond(LONG), threads);
            Eventually.until(LONG, "it is switched", () -> store.partitions() == 2);
            assertThat(ask()).isEqualTo("second");
            assertThat(early).isNotDone();
            assertThat(left).isNotDone();

            first.open.countDown();
            assertThat(early.join()).isEqualTo("first");
            left.join();
        }
    }

    @Test
    void aQuestionThatIsNotAnsweredIsNotWaitedForForever() throws Exception {
        second.open.countDown();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> early = CompletableFuture.supplyAsync(this::ask, threads);
            first.asked.await();

            switchToSecond(Duration.ofMillis(1));

            assertThat(early).isNotDone();
            first.open.countDown();
            early.join();
        }
    }

    @Test
    void whatHoldsForAQuestionHoldsAtEitherStoreButForPlacesInTheTopicOfOne() throws Exception {
        first.open.countDown();
        second.open.countDown();
        StoreClient strong = store.within(new ReadBound(Consistency.STRONG, Map.of(0, 17L)));

        strong.ask(new ReadStatistics(Deadline.in(LONG)), Set.of(0));
        store.switchTo(second, LONG);
        strong.ask(new ReadStatistics(Deadline.in(LONG)), Set.of(0));

        ReadBound bound = new ReadBound(Consistency.STRONG, Map.of());
        assertThat(first.bound).isEqualTo(bound);
        assertThat(second.bound).isEqualTo(bound);
        ask();
        assertThat(second.bound).isEqualTo(ReadBound.AVAILABLE);
    }

    private void switchToSecond(Duration patience) {
        try {
            store.switchTo(second, patience);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who answers. */
    private String ask() {
        return String.join(
                "", store.ask(new ReadStatistics(Deadline.in(LONG)), Set.of(0)).missing().values());
    }

    /** Answers nothing but its name, and not before it may. */
    private static final class Held implements StoreClient {
        private final String name;
        private final int partitions;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private volatile @Nullable ReadBound bound;

        private Held(String name, int partitions) {
            this.name = name;
            this.partitions = partitions;
        }

        @Override
        public int partitions() {
            return partitions;
        }

        @Override
        public StoreClient within(ReadBound asked) {
            bound = asked;
            return this;
        }

        @Override
        public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
            asked.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Answers<>(Map.of(), Map.of(0, name));
        }
    }
}
