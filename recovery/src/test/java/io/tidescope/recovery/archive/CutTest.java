package io.tidescope.recovery.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

final class CutTest {
    private static final int PARTITIONS = 3;

    private final Cut cut = new Cut(PARTITIONS);

    @Test
    void aPublishCountsWhenItsMarkerIsInEveryPartition() {
        addEverywhere(Samples.mark("a/b", 1, 10));
        cut.add(0, Samples.mark("a/b", 2, 20));
        cut.add(2, Samples.mark("a/b", 2, 20));

        assertThat(cut.newest()).containsExactly(Samples.mark("a/b", 1, 10));

        cut.add(1, Samples.mark("a/b", 2, 20));
        assertThat(cut.newest()).containsExactly(Samples.mark("a/b", 2, 20));
    }

    @Test
    void aRefThatNoPublishOfIsCompleteIsNotThere() {
        cut.add(0, Samples.mark("a/b", 1, 10));

        assertThat(cut.newest()).isEmpty();
        assertThat(cut.pending()).containsOnlyKeys(0);
    }

    @Test
    void whatIsLeftOverCompletesTheNextState() {
        addEverywhere(Samples.mark("a/b", 1, 10));
        cut.add(0, Samples.mark("a/b", 2, 20));
        Cut next = new Cut(PARTITIONS);
        next.addAll(cut.newest());
        next.addPending(cut.pending());

        next.add(1, Samples.mark("a/b", 2, 20));
        next.add(2, Samples.mark("a/b", 2, 20));

        assertThat(next.newest()).containsExactly(Samples.mark("a/b", 2, 20));
        assertThat(next.pending()).isEmpty();
    }

    @Test
    void atAMomentTheNewestPublishThatBeganInTimeCountsWhateverClocksSay() {
        addEverywhere(Samples.mark("a/b", 1, 100));
        addEverywhere(Samples.mark("a/b", 2, 300));
        // Published by somebody whose clock is behind.
        addEverywhere(Samples.mark("a/b", 3, 150));

        assertThat(sequenceAt(99)).isEmpty();
        assertThat(sequenceAt(100)).containsExactly(1L);
        assertThat(sequenceAt(200)).containsExactly(3L);
        assertThat(sequenceAt(300)).containsExactly(3L);
    }

    @Test
    void atAMomentNoPublishCountsThatAFailoverLeftInSomePartitions() {
        addEverywhere(Samples.mark("a/b", 1, 100));
        cut.add(0, Samples.mark("a/b", 2, 200));
        cut.add(2, Samples.mark("a/b", 2, 200));
        addEverywhere(Samples.mark("a/b", 3, 300));

        assertThat(sequenceAt(299)).containsExactly(1L);
        assertThat(sequenceAt(300)).containsExactly(3L);
    }

    @Test
    void noPublishCountsThatAFailoverLeftInSomePartitionsWhileTheNextOneComes() {
        addEverywhere(Samples.mark("a/b", 1, 100));
        cut.add(0, Samples.mark("a/b", 2, 200));
        cut.add(1, Samples.mark("a/b", 3, 300));
        cut.add(2, Samples.mark("a/b", 3, 300));

        assertThat(cut.newest()).containsExactly(Samples.mark("a/b", 1, 100));

        cut.add(0, Samples.mark("a/b", 3, 300));
        assertThat(cut.newest()).containsExactly(Samples.mark("a/b", 3, 300));
        assertThat(cut.pending()).isEmpty();
    }

    @Test
    void theOrderInWhichMarksBecomeKnownMakesNoDifference() {
        Random random = new Random(7);
        List<Runnable> additions = new ArrayList<>();
        for (int repository = 0; repository < 5; repository++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                // Each partition has come to another one.
                for (long sequence = 1; sequence <= 5 + partition + repository; sequence++) {
                    int in = partition;
                    Mark mark = Samples.mark("a/" + repository, sequence, sequence);
                    additions.add(() -> cut.add(in, mark));
                }
            }
        }
        Collections.shuffle(additions, random);
        additions.forEach(Runnable::run);

        assertThat(cut.newest()).extracting(Mark::sequence).containsExactly(5L, 6L, 7L, 8L, 9L);
    }

    private List<Long> sequenceAt(long millis) {
        return cut.at(Instant.ofEpochMilli(millis)).stream().map(Mark::sequence).toList();
    }

    private void addEverywhere(Mark mark) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            cut.add(partition, mark);
        }
    }
}
