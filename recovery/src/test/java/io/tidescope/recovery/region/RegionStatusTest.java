package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.region.RegionStatus.RefStatus;
import io.tidescope.schemas.RefKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What two logs have in common, by the numbers of publishes. */
final class RegionStatusTest {
    private static final RefKey MAIN = new RefKey("acme/shop", "refs/heads/main");

    /** The first publish behind a failover. */
    private static final long BEHIND = 3_000_000_000L;

    @Test
    void aMirrorIsBehindByWhatItLacks() {
        assertThat(status(log("a", "b", "c"), log("a"))).isEqualTo(shop(3L, 1L, "a", 2L));
        assertThat(status(log("a", "b"), log("a", "b"))).isEqualTo(shop(2L, 2L, "b", 0L));
        assertThat(status(log("a"), log())).isEqualTo(shop(1L, 0L, null, 1L));
    }

    /** The region before had one publish more, and what follows has numbers far behind. */
    @Test
    void behindAFailoverTheLastCommonRevisionIsTheLastThatCameOver() {
        assertThat(status(failedOver("b", "d", "e"), log("a", "b", "c")))
                .isEqualTo(shop(BEHIND + 1, 3L, "b", 2L));
    }

    /** It was published twice, for different things: what came before it is not the same. */
    @Test
    void aCommitOfAnotherNumberIsNotTheSamePublish() {
        assertThat(status(failedOver("b", "c"), log("a", "b", "c")))
                .isEqualTo(shop(BEHIND, 3L, "b", 1L));
    }

    /** Such as after a repair in one of them. */
    @Test
    void aNumberOfAnotherCommitIsNotTheSamePublish() {
        assertThat(status(log("a", "x"), log("a", "b"))).isEqualTo(shop(2L, 2L, "a", 1L));
    }

    @Test
    void ofARefThatWasDeletedNoRevisionIsCommon() {
        assertThat(status(log("a", null), log("a", null))).isEqualTo(shop(2L, 2L, null, 0L));
    }

    @Test
    void ofARegionThatDoesNotAnswerNothingIsMadeUp() {
        Map<RefKey, RefAudit> known = Map.of(MAIN, audit(log("a")));
        assertThat(RegionStatus.refs(known, null)).containsExactly(shop(1L, null, null, null));
        assertThat(RegionStatus.refs(null, known)).containsExactly(shop(null, 1L, null, null));
        assertThat(RegionStatus.refs(known, Map.of())).containsExactly(shop(1L, 0L, null, 1L));
        assertThat(RegionStatus.refs(Map.of(), known)).containsExactly(shop(0L, 1L, null, 0L));
    }

    private static RefStatus status(
            SortedMap<Long, @Nullable String> there, SortedMap<Long, @Nullable String> here) {
        return RegionStatus.refs(Map.of(MAIN, audit(there)), Map.of(MAIN, audit(here))).getFirst();
    }

    @SuppressWarnings("NullAway") // it does not see, in a class file, what a type argument may be
    private static RefAudit audit(SortedMap<Long, @Nullable String> commits) {
        long whole = commits.isEmpty() ? 0 : commits.lastKey();
        return new RefAudit(MAIN, null, whole, commits, whole);
    }

    /** Publishes from 1 on. */
    private static SortedMap<Long, @Nullable String> log(@Nullable String... commits) {
        SortedMap<Long, @Nullable String> log = new TreeMap<>();
        for (String commit : commits) {
            log.put(log.size() + 1L, commit);
        }
        return log;
    }

    /** Two publishes of the region before, of which the second is the given one, and its own. */
    private static SortedMap<Long, @Nullable String> failedOver(String second, String... own) {
        SortedMap<Long, @Nullable String> log = log("a", second);
        for (String commit : own) {
            log.put(BEHIND + log.size() - 2, commit);
        }
        return log;
    }

    private static RefStatus shop(
            @Nullable Long published,
            @Nullable Long mirrored,
            @Nullable String common,
            @Nullable Long revisions) {
        return new RefStatus(MAIN.repository(), MAIN.ref(), published, mirrored, common, revisions);
    }
}
