package io.tidescope.query.http;

import static io.tidescope.query.http.RequestQueue.Entry.ENTERED;
import static io.tidescope.query.http.RequestQueue.Entry.FULL;
import static io.tidescope.query.http.RequestQueue.Entry.SHARE_TAKEN;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.http.RequestQueue.Entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

@Timeout(60)
class RequestQueueTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void oneThatWaitsHasItsTurnWhenAnotherLeaves() {
        RequestQueue requests = new RequestQueue(1, 1, 1, LONG);
        assertThat(requests.enter("a")).isEqualTo(ENTERED);
        CompletableFuture<Entry> second = CompletableFuture.supplyAsync(() -> requests.enter("b"));

        requests.leave("a");

        assertThat(second.join()).isEqualTo(ENTERED);
    }

    @Test
    void oneMoreThanMayWaitIsRefusedAtOnce() throws InterruptedException {
        RequestQueue requests = new RequestQueue(1, 1, 1, LONG);
        assertThat(requests.enter("a")).isEqualTo(ENTERED);
        Thread waiting = waiting(requests, "b");

        assertThat(requests.enter("c")).isEqualTo(FULL);

        requests.leave("a");
        waiting.join();
    }

    @Test
    void whoWaitedInVainLeavesItsPlaceToTheNext() {
        RequestQueue requests = new RequestQueue(1, 1, 1, Duration.ofMillis(10));
        assertThat(requests.enter("a")).isEqualTo(ENTERED);
        assertThat(requests.enter("b")).isEqualTo(FULL);
        assertThat(requests.enter("b")).isEqualTo(FULL);

        requests.leave("a");

        assertThat(requests.enter("b")).isEqualTo(ENTERED);
    }

    @Test
    void whoIsInterruptedIsRefusedAndKeepsNoPlace() {
        RequestQueue requests = new RequestQueue(1, 0, 1, LONG);
        Thread.currentThread().interrupt();
        assertThat(requests.enter("a")).isEqualTo(FULL);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(requests.enter("a")).isEqualTo(ENTERED);
    }

    @Test
    void oneCallerLeavesHalfOfTheTurnsToOthers() throws InterruptedException {
        RequestQueue requests = new RequestQueue(4, 4, 2, LONG);
        assertThat(requests.enter("greedy")).isEqualTo(ENTERED);
        assertThat(requests.enter("greedy")).isEqualTo(ENTERED);
        Thread third = waiting(requests, "greedy");
        Thread fourth = waiting(requests, "greedy");

        assertThat(requests.enter("greedy")).isEqualTo(SHARE_TAKEN);
        assertThat(requests.enter("modest")).isEqualTo(ENTERED);
        assertThat(requests.enter("modest")).isEqualTo(ENTERED);

        requests.leave("greedy");
        requests.leave("greedy");
        third.join();
        fourth.join();
    }

    @Test
    void nothingIsKeptOfCallersThatHaveNothingUnderWay() {
        RequestQueue requests = new RequestQueue(2, 2, 2, Duration.ofMillis(1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(requests.enter("caller " + i)).isEqualTo(ENTERED);
            assertThat(requests.enter("caller " + i)).isEqualTo(SHARE_TAKEN);
            requests.leave("caller " + i);
        }

        assertThat(requests.callers()).isZero();
    }

    /** A request that waits for its turn. */
    private static Thread waiting(RequestQueue requests, String caller) {
        Thread waiting = Thread.ofPlatform().start(() -> requests.enter(caller));
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return waiting;
    }
}
