package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.HeldPartition.Opening;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.DiskUse;
import io.tidescope.store.rocks.ReadableStore;
import io.tidescope.store.rocks.Reading;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

/** What a partition calls itself and its lag, from what stores and consumers tell. */
class HeldPartitionTest {
    private static final ReadableStore STORE =
            new ReadableStore() {
                @Override
                public <R> Optional<Reading<R>> read(StoreQuery<R> query) {
                    return Optional.empty();
                }

                @Override
                public DiskUse diskUse() {
                    return DiskUse.NONE;
                }
            };

    private long now;
    private double responses;
    private final Lease lease = new Lease(() -> responses, Duration.ofSeconds(10), () -> now);

    @Test
    void oneThatIsFarBehindIsRestoringUntilItHasComeToWhereTheTopicEnded() {
        HeldPartition opened = opened(-1);
        assertThat(opened.state()).isEqualTo(State.RESTORING);
        assertThat(opened.standing()).isEqualTo(new Standing(-1, false, -1));

        HeldPartition half = opened.polled(new Fetched(49, 50, 51), null).applied(49);
        assertThat(half.state()).isEqualTo(State.RESTORING);
        assertThat(half.standing()).isEqualTo(new Standing(49, false, 51));

        // Nine more were written meanwhile; two offsets at the end are markers of transactions.
        HeldPartition there = half.applied(98).polled(new Fetched(98, 101, 9), null);
        assertThat(there.state()).isEqualTo(State.STANDBY);
        assertThat(there.standing()).isEqualTo(new Standing(98, false, 9));
    }

    @Test
    void whatWasFetchedAndNotAppliedIsLagToo() {
        HeldPartition standby = opened(9).polled(new Fetched(29, 31, 4), null);
        assertThat(standby.standing().lag()).isEqualTo(24);
        assertThat(standby.applied(29).standing().lag()).isEqualTo(4);
        // An answer is as new as what it was read from.
        assertThat(standby.standing(19, false)).isEqualTo(new Standing(19, false, 14));
    }

    @Test
    void oneThatIsTakenOverIsActiveOnlyWhereWhoeverHadItBeforeCanHaveBeen() {
        join();
        HeldPartition taken = opened(9).polled(new Fetched(9, 11, 0), null).applying(true);
        assertThat(taken.state()).isEqualTo(State.STANDBY);

        HeldPartition behind = taken.polled(new Fetched(9, 11, 5), lease);
        assertThat(behind.state()).isEqualTo(State.STANDBY);
        assertThat(behind.applied(15).polled(new Fetched(15, 16, 3), lease).state())
                .isEqualTo(State.ACTIVE);
    }

    @Test
    void oneWhoseMemberLostTouchWithTheGroupIsAStandbyThatDoesNotKnowItsLag() {
        join();
        HeldPartition active = opened(9).applying(true).polled(new Fetched(9, 11, 0), lease);
        assertThat(active.standing()).isEqualTo(new Standing(9, true, 0));

        now += Duration.ofSeconds(9).toNanos();
        assertThat(active.state()).isEqualTo(State.STANDBY);
        assertThat(active.standing()).isEqualTo(new Standing(9, false, -1));
    }

    @Test
    void oneThatIsGivenAwayIsAStandbyAtOnceAndHasANewGoalWhenItIsBack() {
        join();
        HeldPartition active = opened(9).applying(true).polled(new Fetched(9, 11, 0), lease);
        HeldPartition given = active.applying(false);
        assertThat(given.state()).isEqualTo(State.STANDBY);

        HeldPartition back = given.applying(true).polled(new Fetched(-1, 10, 20), lease);
        assertThat(back.state()).isEqualTo(State.STANDBY);
        assertThat(back.applied(29).polled(new Fetched(29, 30, 0), lease).state())
                .isEqualTo(State.ACTIVE);
    }

    private static HeldPartition opened(long position) {
        return HeldPartition.opened(STORE, new Opening(position, 0));
    }

    private void join() {
        lease.look();
        responses += 2;
        lease.look();
    }
}
