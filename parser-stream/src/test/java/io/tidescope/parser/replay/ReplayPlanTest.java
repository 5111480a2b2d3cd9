package io.tidescope.parser.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.parser.replay.ReplayPlan.LogPartition;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

final class ReplayPlanTest {
    /**
     * 100 changes each, the 61st at the time; all are documents, of partition 1 only 40 of them.
     */
    private static final SortedMap<Integer, LogPartition> LOG =
            new TreeMap<>(
                    Map.of(
                            0, new LogPartition(0, 100, 60, 99),
                            1, new LogPartition(0, 100, 60, 39)));

    @Test
    void fromTheBeginningEverythingIsParsedAndNothingCopied() {
        ReplayPlan plan = ReplayPlan.of(new ReplayStart.Beginning(), LOG);

        assertThat(plan.starts()).containsExactly(Map.entry(0, 0L), Map.entry(1, 0L));
        assertThat(plan.copies()).isFalse();
        assertThat(plan.copies(0, 0)).isFalse();
    }

    @Test
    void fromATimeWhatWasPublishedSinceIsParsed() {
        ReplayPlan plan = ReplayPlan.of(new ReplayStart.Time(Instant.EPOCH), LOG);

        assertThat(plan.starts().get(0)).isEqualTo(60);
        assertThat(plan.copies()).isTrue();
        assertThat(plan.copies(0, 59)).isTrue();
        assertThat(plan.copies(0, 60)).isFalse();
    }

    @Test
    void whatIsNoDocumentYetIsParsedWhereverTheReplayBegins() {
        for (ReplayStart start :
                new ReplayStart[] {
                    new ReplayStart.Time(Instant.EPOCH), new ReplayStart.Offset(1_000_000)
                }) {
            assertThat(ReplayPlan.of(start, LOG).starts().get(1)).isEqualTo(40);
        }
    }

    @Test
    void offsetsOutsideOfTheLogAreThoseOfItsEnds() {
        SortedMap<Integer, LogPartition> cut =
                new TreeMap<>(Map.of(0, new LogPartition(20, 100, 100, 99)));

        assertThat(ReplayPlan.of(new ReplayStart.Offset(5), cut).starts().get(0)).isEqualTo(20);
        assertThat(ReplayPlan.of(new ReplayStart.Offset(500), cut).starts().get(0)).isEqualTo(100);
    }

    @Test
    void aLogThatLostItsBeginningHasTheDocumentsOfItCopied() {
        ReplayPlan plan =
                ReplayPlan.of(
                        new ReplayStart.Beginning(),
                        new TreeMap<>(Map.of(0, new LogPartition(20, 100, 100, 99))));

        assertThat(plan.copies()).isTrue();
        assertThat(plan.copies(0, 19)).isTrue();
        assertThat(plan.copies(0, 20)).isFalse();
    }

    @Test
    void partitionsThatAreNotNamedAreCopied() {
        ReplayPlan plan = ReplayPlan.of(new ReplayStart.Offsets(new TreeMap<>(Map.of(1, 5L))), LOG);

        assertThat(plan.starts()).containsExactly(Map.entry(0, 100L), Map.entry(1, 5L));
    }

    @Test
    void aPartitionThatThereIsNotIsRefused() {
        ReplayStart start = new ReplayStart.Offsets(new TreeMap<>(Map.of(0, 5L, 2, 5L)));

        assertThatThrownBy(() -> ReplayPlan.of(start, LOG))
                .isInstanceOf(TideScopeException.class)
                .hasMessage("There is no partition 2; there are 2, from 0 on.");
    }

    @Test
    void howMuchIsDoneIsToldOfWhatHasToBe() {
        ReplayPlan plan = ReplayPlan.of(new ReplayStart.Time(Instant.EPOCH), LOG);

        assertThat(Replayed.of(plan, Map.of(), Map.of(0, 100L, 1, 110L)))
                .isEqualTo(new Replayed(0, 110));
        assertThat(Replayed.of(plan, Map.of(0, 100L, 1, 50L), Map.of(0, 100L, 1, 110L)))
                .isEqualTo(new Replayed(50, 110));
    }
}
