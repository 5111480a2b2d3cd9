package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.DiskUse;
import io.tidescope.store.rocks.ReadableStore;
import io.tidescope.store.rocks.Reading;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Which partitions of a node answer a question, and how they refuse the others. */
@Timeout(60)
class LocalNodeTest {
    private static final Duration SESSION = Duration.ofSeconds(10);

    private final PartitionBoard board = new PartitionBoard(() -> 0);
    private final Scanners scanners = new Scanners(1);
    private final LocalNode node =
            new LocalNode(
                    board,
                    scanners,
                    () -> new NodeStatus("node", "start", 4, board.held(), List.of()),
                    () -> new NodeInspection("node", null, List.of(), 0, 1, board.progress()));
    private long now;
    private double responses;
    private final Lease lease = new Lease(() -> responses, SESSION, () -> now);

    @AfterEach
    void close() {
        scanners.close();
    }

    @Test
    void everyPartitionAskedHasAReply() {
        active(0, 9);
        standby(1, 5);
        board.opened(2, store(query -> "?", 3), 3);

        Map<Integer, PartitionReply<List<io.tidescope.schemas.event.RevisionMarker>>> replies =
                node.ask(new ListRefs(soon()), all(PartitionBound.ANY));
        assertThat(standing(replies.get(0))).isEqualTo(new Standing(9, true, 0));
        assertThat(standing(replies.get(1))).isEqualTo(new Standing(5, false, 0));
        assertThat(refusal(replies.get(2))).isEqualTo(Refusal.RESTORING);
        assertThat(refusal(replies.get(3))).isEqualTo(Refusal.NOT_HERE);
        assertThat(node.status(soon()).held())
                .extracting(NodeStatus.Held::state)
                .containsExactlyInAnyOrder(
                        NodeStatus.State.ACTIVE,
                        NodeStatus.State.STANDBY,
                        NodeStatus.State.RESTORING);
    }

    @Test
    void whoWantsTheActiveGetsNoStandby() {
        active(0, 9);
        standby(1, 9);
        var replies = node.ask(new ListRefs(soon()), all(new PartitionBound(true, -1, -1)));
        assertThat(standing(replies.get(0)).active()).isTrue();
        assertThat(refusal(replies.get(1))).isEqualTo(Refusal.STANDBY);
    }

    @Test
    void whoLosesTouchWithTheGroupWhileItReadsWasNotActive() {
        active(
                0,
                store(
                        query -> {
                            now += 2 * SESSION.toNanos();
                            return List.of();
                        },
                        9),
                9);
        var strong = new PartitionBound(true, -1, -1);
        assertThat(refusal(node.ask(new ListRefs(soon()), Map.of(0, strong)).get(0)))
                .isEqualTo(Refusal.STANDBY);
        assertThat(standing(node.ask(new ListRefs(soon()), Map.of(0, PartitionBound.ANY)).get(0)))
                .isEqualTo(new Standing(9, false, -1));
    }

    @Test
    void anAnswerStandsWhereItWasReadEvenWhenMoreWasAppliedMeanwhile() {
        active(0, store(query -> List.of(), 12), 9);
        assertThat(standing(node.ask(new ListRefs(soon()), Map.of(0, PartitionBound.ANY)).get(0)))
                .isEqualTo(new Standing(12, true, 0));
    }

    @Test
    void aDamagedPartitionIsRefusedAndTheOthersAnswer() {
        active(0, 9);
        active(
                1,
                store(
                        query -> {
                            throw new TideScopeException(ErrorCode.CORRUPT, "a bad checksum");
                        },
                        9),
                9);
        for (StoreQuery<?> query :
                List.of(new ListRefs(soon()), new CountDocuments(Scope.EVERYWHERE, soon()))) {
            Map<Integer, ? extends PartitionReply<?>> replies =
                    node.ask(query, Map.of(0, PartitionBound.ANY, 1, PartitionBound.ANY));
            assertThat(replies.get(0)).isInstanceOf(PartitionReply.Answered.class);
            assertThat(replies.get(1))
                    .isInstanceOfSatisfying(
                            PartitionReply.Refused.class,
                            refused -> {
                                assertThat(refused.refusal()).isEqualTo(Refusal.RESTORING);
                                assertThat(refused.reason()).doesNotContain("a bad checksum");
                            });
        }
    }

    @Test
    void positionsThatAreNotReachedAreRefusedAndKnownOnesAreNotReadAgain() {
        active(
                0,
                store(
                        query -> {
                            throw new AssertionError("read");
                        },
                        9),
                9);
        assertThat(refusal(ask(new PartitionBound(false, 10, -1)))).isEqualTo(Refusal.BEHIND);
        assertThat(refusal(ask(new PartitionBound(false, 10, 9)))).isEqualTo(Refusal.BEHIND);
        assertThat(ask(new PartitionBound(false, -1, 9)))
                .isEqualTo(new PartitionReply.Unchanged<>(new Standing(9, true, 0)));
        // The asker has something newer, from another node.
        assertThat(ask(new PartitionBound(false, 11, 11)))
                .isEqualTo(new PartitionReply.Unchanged<>(new Standing(9, true, 0)));
    }

    @Test
    void whoeverComesWhenTooManyScansWaitIsRefusedAtOnce() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        active(0, 9);
        scanners.submit(
                Duration.ZERO,
                () -> {
                    free.await();
                    return 0;
                });
        while (!scanners.full()) {
            scanners.submit(Duration.ZERO, () -> 0);
        }
        CountDocuments scan = new CountDocuments(Scope.EVERYWHERE, soon());
        assertThat(refusal(node.ask(scan, Map.of(0, PartitionBound.ANY)).get(0)))
                .isEqualTo(Refusal.OVERLOADED);
        // What needs no thread is answered.
        assertThat(node.ask(new ReadStatistics(soon()), Map.of(0, PartitionBound.ANY)).get(0))
                .isInstanceOf(PartitionReply.Answered.class);
        free.countDown();
    }

    private @Nullable PartitionReply<?> ask(PartitionBound bound) {
        return node.ask(new ListRefs(soon()), Map.of(0, bound)).get(0);
    }

    private void active(int partition, long position) {
        active(partition, store(query -> List.of(), position), position);
    }

    private void active(int partition, ReadableStore store, long position) {
        board.opened(partition, store, position);
        board.applying(partition, true);
        lease.look();
        responses += 2;
        lease.look();
        board.polled(partition, new Fetched(position, position + 2, 0), lease);
    }

    private void standby(int partition, long position) {
        board.opened(partition, store(query -> List.of(), position), position);
        board.restorePolled(partition, new Fetched(position, position + 2, 0));
    }

    private static ReadableStore store(Function<StoreQuery<?>, Object> answer, long position) {
        return new ReadableStore() {
            @Override
            @SuppressWarnings("unchecked")
            public <R> Optional<Reading<R>> read(StoreQuery<R> query) {
                return Optional.of(new Reading<>((R) answer.apply(query), position));
            }

            @Override
            public DiskUse diskUse() {
                return DiskUse.NONE;
            }
        };
    }

    private static Map<Integer, PartitionBound> all(PartitionBound bound) {
        return Map.of(0, bound, 1, bound, 2, bound, 3, bound);
    }

    private static Standing standing(@Nullable PartitionReply<?> reply) {
        return ((PartitionReply.Answered<?>) Objects.requireNonNull(reply)).standing();
    }

    private static Refusal refusal(@Nullable PartitionReply<?> reply) {
        return ((PartitionReply.Refused<?>) Objects.requireNonNull(reply)).refusal();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
