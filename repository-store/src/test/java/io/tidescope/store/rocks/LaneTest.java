package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

@Timeout(30)
class LaneTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Appliers appliers = new Appliers(threads);

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void doesWhatItIsHandedInOrder() {
        Lane lane = appliers.lane();
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            lane.hand(1, () -> done.add(number));
        }
        lane.drain();

        assertThat(done).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void lanesAreSideBySide() {
        CyclicBarrier both = new CyclicBarrier(2);
        Lane one = appliers.lane();
        Lane other = appliers.lane();
        one.hand(1, () -> await(both));
        other.hand(1, () -> await(both));

        one.drain();
        other.drain();
    }

    @Test
    void doesNothingMoreAfterAFailureAndTellsOfIt() {
        Lane lane = appliers.lane();
        List<Integer> done = new ArrayList<>();
        RuntimeException failure = new IllegalStateException("full");
        CountDownLatch handed = new CountDownLatch(1);
        lane.hand(
                1,
                () -> {
                    await(handed);
                    throw failure;
                });
        lane.hand(1, () -> done.add(1));
        handed.countDown();

        assertThatThrownBy(lane::drain).isSameAs(failure);
        assertThatThrownBy(lane::check).isSameAs(failure);
        assertThatThrownBy(() -> lane.hand(1, () -> done.add(2))).isSameAs(failure);
        lane.idle();
        assertThat(done).isEmpty();
    }

    @Test
    void whatIsCalledIsDoneToItsEndAndToldOrNotDoneAtAll() throws Exception {
        Lane lane = appliers.lane();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<String> told = new AtomicReference<>();
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        told.set(
                                                lane.call(
                                                        () -> {
                                                            begun.countDown();
                                                            await(end);
                                                            return "done";
                                                        })));
        begun.await();
        RuntimeException failure = new IllegalStateException("full");
        lane.hand(
                1,
                () -> {
                    throw failure;
                });
        caller.interrupt();
        end.countDown();
        caller.join();
        assertThat(told).hasValue("done");

        AtomicBoolean done = new AtomicBoolean();
        assertThatThrownBy(
                        () ->
                                lane.call(
                                        () -> {
                                            done.set(true);
                                            return "done";
                                        }))
                .isSameAs(failure);
        lane.idle();
        assertThat(done).isFalse();
    }

    @Test
    void whoHandsInMoreThanThereIsRoomForWaits() throws Exception {
        Lane lane = appliers.lane();
        CountDownLatch end = new CountDownLatch(1);
        lane.hand(Appliers.ROOM_BYTES, () -> await(end));
        AtomicBoolean handed = new AtomicBoolean();
        Thread other =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    appliers.lane().hand(2 * Appliers.ROOM_BYTES, () -> {});
                                    handed.set(true);
                                });
        Eventually.until(
                Duration.ofSeconds(20), "it waits", () -> other.getState() == State.WAITING);

        assertThat(handed).isFalse();
        end.countDown();
        other.join();
        assertThat(handed).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
