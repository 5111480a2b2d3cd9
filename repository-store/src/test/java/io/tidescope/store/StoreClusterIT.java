package io.tidescope.store;

import static io.tidescope.store.StoreNodeRig.PARTITIONS;
import static io.tidescope.store.StoreNodeRig.PATIENCE;
import static io.tidescope.store.StoreNodeRig.await;
import static io.tidescope.store.StoreNodeRig.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.ClusterRig.Member;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.SymbolHit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Several store nodes on a real broker, asked over TCP: who answers what, come and go. */
@Timeout(240)
class StoreClusterIT {
    private static final Duration SHORT_SESSION = Duration.ofSeconds(2);
    private static final Duration LONG_SESSION = Duration.ofSeconds(20);
    private static final PartitionBound STRONG = new PartitionBound(true, -1, -1);

    private ClusterRig cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new ClusterRig();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everyPartitionIsActiveOnOneNodeAndAStandbyThatKnowsItsLagOnAnother() {
        Member one = cluster.start("one", LONG_SESSION);
        Member other = cluster.start("other", LONG_SESSION);
        cluster.rig().publish(0, 30, 1);
        cluster.awaitStandbys();
        await(() -> all(one).equals(names(0, 30)) && all(other).equals(names(0, 30)));

        assertThat(one.node.assigned()).hasSize(PARTITIONS);
        assertThat(other.node.assigned()).hasSize(PARTITIONS);
        Set<Integer> active = one.partitions(State.ACTIVE);
        assertThat(active).isNotEmpty().doesNotContainAnyElementsOf(other.partitions(State.ACTIVE));
        Map<Integer, PartitionReply<List<SymbolHit>>> strong = one.types(STRONG);
        Map<Integer, PartitionReply<List<SymbolHit>>> any = one.types(PartitionBound.ANY);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (active.contains(partition)) {
                assertThat(standing(strong.get(partition)).active()).isTrue();
            } else {
                assertThat(refusal(strong.get(partition))).isEqualTo(Refusal.STANDBY);
                assertThat(standing(any.get(partition)).active()).isFalse();
            }
        }
        await(() -> lags(one).equals(Set.of(0L)) && lags(other).equals(Set.of(0L)));
        assertThat(positions(one)).isEqualTo(positions(other));
        assertThat(one.remote.status(StoreNodeRig.soon()).peers())
                .isEqualTo(other.remote.status(StoreNodeRig.soon()).peers())
                .hasSize(2);
    }

    @Test
    void standbysFollowWhatIsPublishedWithinASecondOrTwo() {
        Member one = cluster.start("one", LONG_SESSION);
        Member other = cluster.start("other", LONG_SESSION);
        cluster.awaitStandbys();
        for (int revision = 1; revision <= 3; revision++) {
            cluster.rig().publish(10 * revision, 10 * revision + 10, revision);
            Set<String> expected = names(10, 10 * revision + 10);
            await(() -> all(one).equals(expected) && all(other).equals(expected));
        }
    }

    @Test
    void aStandbyAnswersWhileTheActiveIsGoneAndIsActiveSoon() {
        Member one = cluster.start("one", SHORT_SESSION);
        Member other = cluster.start("other", SHORT_SESSION);
        cluster.rig().publish(0, 30, 1);
        cluster.awaitStandbys();
        await(() -> all(other).equals(names(0, 30)));
        one.close();

        await(
                () -> {
                    // Whatever the moment, all is answered.
                    assertThat(all(other)).isEqualTo(names(0, 30));
                    return other.partitions(State.ACTIVE).size() == PARTITIONS;
                });
        assertThat(ClusterRig.names(other.types(STRONG))).hasSize(PARTITIONS);
        cluster.rig().publish(30, 40, 2);
        await(() -> all(other).equals(names(0, 40)));

        Member again = cluster.start("one", SHORT_SESSION);
        cluster.awaitStandbys();
        await(() -> all(again).equals(names(0, 40)));
    }

    @Test
    void aNodeThatComesBackInTimeFindsItsPartitionsAsTheyWere() {
        Member one = cluster.start("one", LONG_SESSION);
        Member other = cluster.start("other", LONG_SESSION);
        cluster.rig().publish(0, 30, 1);
        cluster.awaitStandbys();
        Set<Integer> before = one.partitions(State.ACTIVE);
        Set<Integer> others = other.partitions(State.ACTIVE);
        one.close();
        cluster.rig().publish(30, 40, 2);
        Member again = cluster.start("one", LONG_SESSION);

        await(
                () -> {
                    assertThat(other.partitions(State.ACTIVE)).isEqualTo(others);
                    return again.partitions(State.ACTIVE).equals(before);
                });
        await(() -> all(again).equals(names(0, 40)));
    }

    @Test
    void aNodeThatLeavesGivesItsPartitionsAwayAtOnce() {
        Member one = cluster.start("one", Duration.ofMinutes(1));
        Member other = cluster.start("other", Duration.ofMinutes(1));
        cluster.rig().publish(0, 30, 1);
        cluster.awaitStandbys();
        one.node.leave();

        // Well before the session of a minute, after which the test has failed.
        await(() -> other.partitions(State.ACTIVE).size() == PARTITIONS);
        assertThat(all(other)).isEqualTo(names(0, 30));
    }

    @Test
    void aNodeThatIsAddedGetsPartitionsAndNeverAnswersWithAPartOfOne() {
        Member one = cluster.start("one", LONG_SESSION);
        cluster.rig().publish(0, 60, 1);
        await(() -> one.partitions(State.ACTIVE).size() == PARTITIONS);
        await(() -> all(one).equals(names(0, 60)));
        Map<Integer, Set<String>> whole = ClusterRig.names(one.types(STRONG));
        Member added = cluster.start("added", LONG_SESSION);

        await(
                () -> {
                    // One that changes threads may be away for a moment, but not in part.
                    assertThat(whole.entrySet())
                            .containsAll(cluster.names().entrySet())
                            .containsAll(
                                    ClusterRig.names(one.types(PartitionBound.ANY)).entrySet());
                    return !added.partitions(State.ACTIVE).isEmpty();
                });
        cluster.awaitStandbys();
        assertThat(all(one)).isEqualTo(names(0, 60));
        assertThat(all(added)).isEqualTo(names(0, 60));
    }

    @Test
    void anAnswerTakesInThePositionAskedForAndOneThatIsKnownIsNotGivenAgain() {
        Member one = cluster.start("one", LONG_SESSION);
        cluster.rig().publish(0, 30, 1);
        await(() -> all(one).equals(names(0, 30)));
        await(() -> lags(one).equals(Set.of(0L)));
        long position = Objects.requireNonNull(positions(one).get(0));

        assertThat(one.types(new PartitionBound(false, -1, position)).get(0))
                .isInstanceOf(PartitionReply.Unchanged.class);
        assertThat(one.types(new PartitionBound(false, position, position - 1)).get(0))
                .isInstanceOf(PartitionReply.Answered.class);
        assertThat(refusal(one.types(new PartitionBound(false, position + 1, position)).get(0)))
                .isEqualTo(Refusal.BEHIND);
        cluster.rig().publish(30, 60, 2);
        await(
                () ->
                        one.types(new PartitionBound(false, position + 1, position)).get(0)
                                instanceof PartitionReply.Answered);
    }

    @Test
    void theSecondNodeOfANameTakesTheFirstOnesPlaceWhichEndsWithTheReason() {
        Member first = cluster.start("one", LONG_SESSION);
        cluster.rig().publish(0, 30, 1);
        await(() -> first.partitions(State.ACTIVE).size() == PARTITIONS);
        StoreNode second =
                cluster.rig().node("one", cluster.directory("elsewhere"), GroupSettings.ALONE);
        try (second) {
            second.start();
            assertThat(first.node.failure().toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(TideScopeException.class)
                    .withMessageContaining("Another node of the store was started as \"one\"");
            StoreNodeRig.awaitReady(second);
            await(() -> first.node.health() == StoreHealth.FAILED);
            assertThat(first.partitions(State.ACTIVE)).isEmpty();
        }
    }

    @Test
    void theSecondNodeInADirectoryIsRefusedWithIt() {
        cluster.start("one", LONG_SESSION);
        assertThatThrownBy(
                        () ->
                                cluster.rig()
                                        .node("two", cluster.directory("one"), GroupSettings.ALONE)
                                        .start())
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining(cluster.directory("one").toString());
    }

    private static Set<String> all(Member member) {
        return union(ClusterRig.names(member.types(PartitionBound.ANY)));
    }

    private static Set<String> union(Map<Integer, Set<String>> names) {
        Set<String> all = new HashSet<>();
        names.values().forEach(all::addAll);
        return all;
    }

    private static Set<Long> lags(Member member) {
        return member.types(PartitionBound.ANY).values().stream()
                .map(reply -> standing(reply).lag())
                .collect(Collectors.toSet());
    }

    private static Map<Integer, Long> positions(Member member) {
        return member.types(PartitionBound.ANY).entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, entry -> standing(entry.getValue()).position()));
    }

    private static Standing standing(@Nullable PartitionReply<List<SymbolHit>> reply) {
        return ((PartitionReply.Answered<List<SymbolHit>>) Objects.requireNonNull(reply))
                .standing();
    }

    private static Refusal refusal(@Nullable PartitionReply<List<SymbolHit>> reply) {
        return ((PartitionReply.Refused<List<SymbolHit>>) Objects.requireNonNull(reply)).refusal();
    }
}
