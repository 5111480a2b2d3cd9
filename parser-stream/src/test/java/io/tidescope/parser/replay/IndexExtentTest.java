package io.tidescope.parser.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.stream.DocumentsEnd.Last;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

final class IndexExtentTest {
    private static final Last NOTHING = new Last(-1, -1);

    @Test
    void anIndexCoversWhatHasDocumentsOfNoLaterChanges() {
        IndexExtent live = extent(new Last(500, 40), 42);

        assertThat(extent(new Last(7, 40), 42).covers(live)).isTrue();
        assertThat(extent(new Last(7, 41), 50).covers(live)).isTrue();
        assertThat(extent(new Last(900, 39), 42).covers(live)).isFalse();
        assertThat(extent(NOTHING, 42).covers(live)).isFalse();
    }

    @Test
    void howFarParsersSayTheyAreDecidesNothingWhereDocumentsTell() {
        IndexExtent live = extent(new Last(500, 40), 42);

        assertThat(extent(new Last(7, 40), 41).covers(live)).isTrue();
        assertThat(extent(new Last(7, 39), 42).covers(live)).isFalse();
    }

    @Test
    void whereThereAreNoDocumentsNothingIsMissing() {
        assertThat(extent(NOTHING, 0).covers(extent(NOTHING, 42))).isTrue();
    }

    @Test
    void documentsThatDoNotTellTheirChangeAreCoveredOnceParsersHaveReadAsFar() {
        IndexExtent old = extent(new Last(500, -1), 42);

        assertThat(extent(new Last(7, 30), 31).covers(old)).isFalse();
        assertThat(extent(new Last(9, 40), 41).covers(old)).isTrue();
        assertThat(extent(new Last(9, 41), 42).covers(old)).isTrue();
    }

    @Test
    void aStoreHoldsAllWhenItHasAppliedTheLastOfEveryPartition() {
        SortedMap<Integer, Last> documents = new TreeMap<>(Map.of(0, new Last(5, 9), 1, NOTHING));
        IndexExtent extent = new IndexExtent(documents, new TreeMap<>());

        assertThat(extent.isAppliedAt(Map.of(0, 5L, 1, -1L))).isTrue();
        assertThat(extent.isAppliedAt(Map.of(0, 4L, 1, -1L))).isFalse();
        assertThat(extent.isAppliedAt(Map.of(0, 5L))).isFalse();
    }

    private static IndexExtent extent(Last last, long read) {
        return new IndexExtent(new TreeMap<>(Map.of(0, last)), new TreeMap<>(Map.of(0, read)));
    }
}
