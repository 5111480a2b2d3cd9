package io.tidescope.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(30)
final class HealthBoardTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        end.countDown();
    }

    @Test
    void tellsEachComponentByName() {
        try (HealthBoard board = new HealthBoard()) {
            board.add("parser", List::of);
            board.add("disk", () -> List.of("full", "and slow"));
            assertThat(board.look()).containsOnlyKeys("disk", "parser");
            assertThat(look(board, "parser").isUp()).isTrue();
            assertThat(look(board, "disk").status()).isEqualTo("down");
            assertThat(look(board, "disk").reasons()).containsExactly("full", "and slow");
        }
    }

    @Test
    void aFailedLookIsTheReason() {
        try (HealthBoard board = new HealthBoard()) {
            board.add(
                    "registry",
                    () -> {
                        throw new IOException("connection refused");
                    });
            board.add(
                    "silent",
                    () -> {
                        throw new IllegalStateException();
                    });
            assertThat(look(board, "registry").reasons()).containsExactly("connection refused");
            assertThat(look(board, "silent").reasons())
                    .containsExactly("java.lang.IllegalStateException");
        }
    }

    @Test
    void whoDoesNotComeBackIsDownAndNotAskedAgain() {
        AtomicInteger looks = new AtomicInteger();
        try (HealthBoard board = new HealthBoard(Duration.ofMillis(50), Duration.ZERO)) {
            board.add(
                    "kafka",
                    () -> {
                        looks.incrementAndGet();
                        end.await();
                        return List.of();
                    });
            board.add("disk", List::of);
            for (int i = 0; i < 3; i++) {
                assertThat(look(board, "kafka").reasons()).containsExactly("no answer after 50 ms");
            }
            assertThat(looks).hasValue(1);
        }
    }

    @Test
    void looksOnceInAWhileHoweverOftenItIsAsked() {
        AtomicInteger looks = new AtomicInteger();
        try (HealthBoard board = new HealthBoard(HOUR, HOUR)) {
            board.add(
                    "disk",
                    () -> {
                        looks.incrementAndGet();
                        return List.of();
                    });
            board.look();
            board.look();
            assertThat(looks).hasValue(1);
        }
    }

    @Test
    void looksAgainWhenTheLastLookIsOld() {
        AtomicInteger looks = new AtomicInteger();
        try (HealthBoard board = new HealthBoard(HOUR, Duration.ZERO)) {
            board.add("disk", () -> looks.incrementAndGet() == 1 ? List.of("full") : List.of());
            assertThat(look(board, "disk").isUp()).isFalse();
            assertThat(look(board, "disk").isUp()).isTrue();
        }
    }

    @Test
    void aClosedBoardSaysThatTheProcessStops() {
        HealthBoard board = new HealthBoard();
        board.add("disk", List::of);
        board.close();
        assertThat(look(board, "disk").reasons()).containsExactly("the process stops");
    }

    private static ComponentHealth look(HealthBoard board, String name) {
        return Objects.requireNonNull(board.look().get(name), name);
    }
}
