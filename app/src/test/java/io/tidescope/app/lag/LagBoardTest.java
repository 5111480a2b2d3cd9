package io.tidescope.app.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class LagBoardTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final TopicPartition ZERO = new TopicPartition("documents", 0);
    private static final TopicPartition ONE = new TopicPartition("documents", 1);

    private final LagBoard board = new LagBoard(Duration.ofSeconds(30), START);

    @Test
    void aGroupThatHasReadAllButTheMarkOfATransactionIsNotBehind() {
        board.looked(Map.of(ZERO, 10L, ONE, 10L), Map.of(ZERO, 10L, ONE, 9L), at(0));
        board.looked(Map.of(ZERO, 10L, ONE, 10L), Map.of(ZERO, 10L, ONE, 9L), at(1_000));

        assertThat(board.lag(ZERO, at(1_000))).isEqualTo(PartitionLag.NONE);
        assertThat(board.lag(ONE, at(1_000))).isEqualTo(PartitionLag.NONE);
    }

    @Test
    void aGroupThatStandsStillIsBehindByMoreAndMore() {
        board.looked(Map.of(ZERO, 10L), Map.of(ZERO, 10L), at(0));
        board.looked(Map.of(ZERO, 12L), Map.of(ZERO, 10L), at(2));
        assertThat(board.lag(ZERO, at(2))).isEqualTo(new PartitionLag(1, Duration.ZERO));

        board.looked(Map.of(ZERO, 20L), Map.of(ZERO, 10L), at(12));
        assertThat(board.lag(ZERO, at(12))).isEqualTo(new PartitionLag(9, Duration.ofSeconds(10)));

        board.looked(Map.of(ZERO, 20L), Map.of(ZERO, 20L), at(14));
        assertThat(board.lag(ZERO, at(14))).isEqualTo(PartitionLag.NONE);
    }

    @Test
    void aPartitionThatAGroupNeverReadIsReadFromItsBeginning() {
        board.looked(Map.of(ZERO, 5L), Map.of(), at(0));

        assertThat(board.lag(ZERO, at(0))).isEqualTo(new PartitionLag(4, Duration.ZERO));
    }

    @Test
    void anEmptyTopicIsNothingToBeBehindOf() {
        board.looked(Map.of(ZERO, 0L), Map.of(), at(0));

        assertThat(board.lag(ZERO, at(0))).isEqualTo(PartitionLag.NONE);
    }

    @Test
    void whatWasTrueLongAgoIsNotTold() {
        assertThat(board.lag(ZERO, at(0))).isNull();
        board.looked(Map.of(ZERO, 5L), Map.of(), at(0));
        assertThat(board.lag(ZERO, at(30))).isNotNull();
        assertThat(board.lag(ZERO, at(31))).isNull();
    }

    @Test
    void theLastLookGetsOlderAndOneThatNeverWasIsAsOldAsTheBeginning() {
        assertThat(board.age(at(20))).isEqualTo(Duration.ofSeconds(20));
        board.looked(Map.of(ZERO, 5L), Map.of(), at(25));
        assertThat(board.age(at(27))).isEqualTo(Duration.ofSeconds(2));
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
