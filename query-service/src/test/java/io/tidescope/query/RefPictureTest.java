package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.StoreClient.Answers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RefPictureTest {
    private static final String OLD = "a".repeat(40);
    private static final String NEW = "b".repeat(40);

    @Test
    void aRefIsIndexedUpToWhereEveryPartitionHasCome() {
        IndexedRef ref =
                only(
                        picture(
                                Map.of(
                                        0, List.of(marker(1, OLD)),
                                        1, List.of(marker(2, NEW)),
                                        2, List.of(marker(2, NEW)))));

        assertThat(ref.newest()).isEqualTo(marker(2, NEW));
        assertThat(ref.indexedCommit()).isEqualTo(OLD);
        assertThat(ref.partitionsDone()).isEqualTo(2);
    }

    @Test
    void aRefThatOnePartitionHasNotSeenIsIndexedNowhere() {
        IndexedRef ref =
                only(
                        picture(
                                Map.of(
                                        0, List.of(marker(1, OLD)),
                                        1, List.of(),
                                        2, List.of(marker(1, OLD)))));

        assertThat(ref.indexedCommit()).isNull();
        assertThat(ref.partitionsDone()).isEqualTo(2);
    }

    @Test
    void aRefThatIsOnlyBeingPublishedIsThere() {
        IndexedRef ref = only(picture(Map.of(0, List.of()), state(null, progress())));

        assertThat(ref.newest()).isNull();
        assertThat(ref.publishing()).isEqualTo(progress());
        assertThat(ref.defaultRef()).isTrue();
    }

    @Test
    void aRefThatWasDeletedIsNotThere() {
        assertThat(picture(Map.of(0, List.of()), state(null, null)).byName()).isEmpty();
    }

    @Test
    void aPublishUnderWayIsToldNextToWhatIsIndexed() {
        IndexedRef ref = only(picture(Map.of(0, List.of(marker(1, OLD))), state(OLD, progress())));

        assertThat(ref.newest()).isEqualTo(marker(1, OLD));
        assertThat(ref.publishing()).isEqualTo(progress());
    }

    @Test
    void aRefIsIndexedWhenEveryPartitionHasSeenWhatWasPublishedLast() {
        assertThat(isIndexed(state(2, NEW, null), marker(2, NEW), marker(2, NEW))).isTrue();
        assertThat(isIndexed(state(2, NEW, null), marker(1, OLD), marker(2, NEW))).isFalse();
    }

    @Test
    void aRefIsNotIndexedWhileWhatNoPartitionHasSeenIsPublished() {
        assertThat(isIndexed(state(2, NEW, null), marker(1, OLD), marker(1, OLD))).isFalse();
        assertThat(isIndexed(state(2, OLD, progress()), marker(1, OLD), marker(1, OLD))).isFalse();
        assertThat(isIndexed(state(3, OLD, null), marker(1, OLD), marker(1, OLD))).isFalse();
        assertThat(isIndexed(state(2, null, null), marker(1, OLD), marker(1, OLD))).isFalse();
    }

    @Test
    void thePublisherMayBeHeardLaterThanThePartitions() {
        assertThat(isIndexed(state(1, OLD, null), marker(2, NEW), marker(2, NEW))).isTrue();
        assertThat(isIndexed(state(1, OLD, null), marker(1, OLD), marker(2, NEW))).isFalse();
    }

    @Test
    void ofTwoDefaultRefsTheOneThatSaidSoLastIsMeantAndOneOfWhichNothingIsIndexedByNobody() {
        RevisionMarker main = marker(1, OLD);
        RevisionMarker trunk =
                RevisionMarker.newBuilder(marker(1, NEW))
                        .setRef("refs/heads/trunk")
                        .setPublishedAtMillis(main.getPublishedAtMillis().plusSeconds(1))
                        .build();
        RefState begun = state("refs/heads/begun", 1, null, progress());

        assertThat(defaultRef(picture(Map.of(0, List.of(main)), begun))).hasValue(main.getRef());
        assertThat(defaultRef(picture(Map.of(0, List.of(trunk, main)), begun)))
                .hasValue(trunk.getRef());
        assertThat(defaultRef(picture(Map.of(0, List.of()), begun))).hasValue("refs/heads/begun");
    }

    private static Optional<String> defaultRef(RefPicture picture) {
        return List.copyOf(picture.byName().values()).getFirst().defaultRef().map(IndexedRef::ref);
    }

    private static boolean isIndexed(RefState state, RevisionMarker one, RevisionMarker other) {
        return only(picture(Map.of(0, List.of(one), 1, List.of(other)), state)).isIndexed(2);
    }

    private static RefPicture picture(Map<Integer, List<RevisionMarker>> seen, RefState... states) {
        return RefPicture.of(new Answers<>(seen, Map.of()), List.of(states), seen.size());
    }

    private static IndexedRef only(RefPicture picture) {
        assertThat(picture.byName()).containsOnlyKeys(SampleIndex.REPOSITORY);
        return List.copyOf(picture.byName().values()).getFirst().refs().getFirst();
    }

    private static RevisionMarker marker(long sequence, String commit) {
        return RevisionMarker.newBuilder(
                        SampleIndex.marker(SampleIndex.REPOSITORY, SampleIndex.MAIN, commit, true))
                .setSequence(sequence)
                .build();
    }

    private static PublishProgress progress() {
        return PublishProgress.newBuilder()
                .setTarget(NEW)
                .setLastPath(ByteBuffer.allocate(0))
                .setPublished(3)
                .setTotal(9)
                .build();
    }

    private static RefState state(@Nullable String commit, @Nullable PublishProgress progress) {
        return state(1, commit, progress);
    }

    private static RefState state(
            long sequence, @Nullable String commit, @Nullable PublishProgress progress) {
        return state(SampleIndex.MAIN, sequence, commit, progress);
    }

    private static RefState state(
            String ref,
            long sequence,
            @Nullable String commit,
            @Nullable PublishProgress progress) {
        return RefState.newBuilder()
                .setRepository(SampleIndex.REPOSITORY)
                .setRef(ref)
                .setDefaultRef(true)
                .setLocation("/srv/sample")
                .setSequence(sequence)
                .setCommit(commit)
                .setProgress(progress)
                .setUpdatedAtMillis(Instant.parse("2026-11-23T10:00:00Z"))
                .build();
    }
}
