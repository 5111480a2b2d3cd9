package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

@Timeout(60)
class RequestQueueTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void oneThatWaitsHasItsTurnWhenAnotherLeaves() {
        RequestQueue requests = new RequestQueue(1, 1, LONG);
        assertThat(requests.enter()).isTrue();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(requests::enter);

        requests.leave();

        assertThat(second.join()).isTrue();
    }

    @Test
    void oneMoreThanMayWaitIsRefusedAtOnce() throws InterruptedException {
        RequestQueue requests = new RequestQueue(1, 1, LONG);
        assertThat(requests.enter()).isTrue();
        Thread waiting = Thread.ofPlatform().start(requests::enter);
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(requests.enter()).isFalse();

        requests.leave();
        waiting.join();
    }

    @Test
    void whoWaitedInVainLeavesItsPlaceToTheNext() {
        RequestQueue requests = new RequestQueue(1, 1, Duration.ofMillis(10));
        assertThat(requests.enter()).isTrue();
        assertThat(requests.enter()).isFalse();
        assertThat(requests.enter()).isFalse();

        requests.leave();

        assertThat(requests.enter()).isTrue();
    }

    @Test
    void whoIsInterruptedIsRefusedAndKeepsNoPlace() {
        RequestQueue requests = new RequestQueue(1, 0, LONG);
        Thread.currentThread().interrupt();
        assertThat(requests.enter()).isFalse();
        assertThat(Thread.interrupted()).isTrue();

        assertThat(requests.enter()).isTrue();
    }
}
