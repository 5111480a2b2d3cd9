package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;

final class PartitionBoardTest {
    @Test
    void whatIsAssignedAndNotOpenedYetIsOnItsWay() {
        assertThat(new PartitionBoard().all(3, Set.of(1)))
                .extracting(PartitionStatus::state)
                .containsExactly(
                        PartitionStatus.State.ABSENT,
                        PartitionStatus.State.RESTORING,
                        PartitionStatus.State.ABSENT);
    }
}
