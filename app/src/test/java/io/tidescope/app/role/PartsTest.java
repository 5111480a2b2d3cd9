package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

class PartsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Parts parts = new Parts();

    @Test
    void theNewestIsStoppedFirstWhateverFails() {
        List<String> stopped = new CopyOnWriteArrayList<>();
        parts.add("one", () -> stopped.add("one"));
        parts.add(
                "two",
                () -> {
                    stopped.add("two");
                    throw new IllegalStateException("of this test");
                });
        parts.add("three", () -> stopped.add("three"));
        parts.close();
        parts.close();
        assertThat(stopped).containsExactly("three", "two", "one");
    }

    @Test
    void whatIsAddedTooLateIsStoppedAtOnce() {
        parts.close();
        AtomicBoolean stopped = new AtomicBoolean();
        assertThatThrownBy(() -> parts.add("late", () -> stopped.set(true)))
                .isInstanceOf(CancellationException.class);
        assertThat(stopped).isTrue();
    }

    @Test
    void whoClosesSecondWaitsForTheFirst() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch mayStop = new CountDownLatch(1);
        parts.add(
                "slow",
                () -> {
                    stopping.countDown();
                    mayStop.await();
                });
        Thread first = Thread.ofPlatform().start(parts::close);
        stopping.await();
        Thread second = Thread.ofPlatform().start(parts::close);
        Eventually.until(
                LIMIT,
                "the second one waits",
                () -> second.getState() == Thread.State.BLOCKED || !second.isAlive());
        assertThat(second.isAlive()).isTrue();
        mayStop.countDown();
        first.join();
        second.join();
    }
}
