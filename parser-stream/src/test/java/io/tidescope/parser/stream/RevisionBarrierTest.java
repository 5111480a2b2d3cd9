package io.tidescope.parser.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.event.RevisionMarker;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class RevisionBarrierTest {
    private final RevisionBarrier barrier = new RevisionBarrier();

    @Test
    void aRevisionIsCompleteWithTheMarkerOfTheLastPartition() {
        barrier.join();
        barrier.join();

        assertThat(barrier.completes(marker(1))).isFalse();
        assertThat(barrier.completes(marker(2))).isFalse();
        assertThat(barrier.completes(marker(1))).isTrue();
        assertThat(barrier.completes(marker(2))).isTrue();
        assertThat(barrier.completes(marker(3))).isFalse();
    }

    @Test
    void partitionsThatLeftAreNotWaitedFor() {
        barrier.join();
        barrier.join();
        barrier.leave();

        assertThat(barrier.completes(marker(1))).isTrue();
    }

    @Test
    void markersThatNeverCompleteAreForgotten() {
        barrier.join();
        barrier.join();
        for (int sequence = 0; sequence < 1_000; sequence++) {
            assertThat(barrier.completes(marker(sequence))).isFalse();
        }

        assertThat(barrier.completes(marker(0))).isFalse();
        assertThat(barrier.completes(marker(999))).isTrue();
    }

    private static RevisionMarker marker(long sequence) {
        return RevisionMarker.newBuilder()
                .setRepository(Changes.REPOSITORY)
                .setRef(Changes.REF)
                .setSequence(sequence)
                .setDefaultRef(true)
                .setAncestors(List.of())
                .setPublishedAtMillis(Instant.EPOCH)
                .build();
    }
}
