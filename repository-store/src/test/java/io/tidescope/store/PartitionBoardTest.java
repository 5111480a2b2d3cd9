package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.query.NodeInspection.PartitionProgress;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.DiskUse;
import io.tidescope.store.rocks.ReadableStore;
import io.tidescope.store.rocks.Reading;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class PartitionBoardTest {
    private long now;

    @Test
    void aPartitionThatIsRestoredTellsHowFarItHasComeSinceItWasOpened() {
        PartitionBoard board = new PartitionBoard(() -> now);
        board.opened(4, new EmptyStore(), 9);
        now += Duration.ofSeconds(3).toNanos();
        assertThat(board.progress())
                .containsExactly(
                        new PartitionProgress(
                                4, State.RESTORING, new Standing(9, false, -1), 9, -1, 3_000));

        board.onRestoreStart(new TopicPartition("documents", 4), "documents", 10, 100);
        board.applied(4, 49);
        assertThat(board.progress())
                .extracting(PartitionProgress::from, PartitionProgress::end)
                .containsExactly(tuple(9L, 100L));
    }

    /** Kafka Streams tells of restores of what it makes active only. */
    @Test
    void aStandbyThatCatchesUpKnowsWhereTheTopicEnded() {
        PartitionBoard board = new PartitionBoard(() -> now);
        board.opened(4, new EmptyStore(), -1);
        board.restorePolled(4, new Fetched(19, 20, 80));
        board.applied(4, 19);
        board.restorePolled(4, new Fetched(39, 40, 70));

        assertThat(board.progress())
                .extracting(
                        PartitionProgress::state,
                        progress -> progress.standing().position(),
                        PartitionProgress::end)
                .containsExactly(tuple(State.RESTORING, 19L, 100L));
    }

    @Test
    void partitionsComeInTheirOrder() {
        PartitionBoard board = new PartitionBoard(() -> now);
        List.of(17, 3, 33, 1).forEach(each -> board.opened(each, new EmptyStore(), -1));

        assertThat(board.progress())
                .extracting(PartitionProgress::partition)
                .containsExactly(1, 3, 17, 33);
    }

    @Test
    void whatIsAssignedAndNotOpenedYetIsOnItsWay() {
        assertThat(new PartitionBoard(() -> 0).all(3, Set.of(1)))
                .extracting(PartitionStatus::state)
                .containsExactly(
                        PartitionStatus.State.ABSENT,
                        PartitionStatus.State.RESTORING,
                        PartitionStatus.State.ABSENT);
    }

    private static final class EmptyStore implements ReadableStore {
        @Override
        public <R> Optional<Reading<R>> read(StoreQuery<R> query) {
            return Optional.empty();
        }

        @Override
        public DiskUse diskUse() {
            return DiskUse.NONE;
        }
    }
}
