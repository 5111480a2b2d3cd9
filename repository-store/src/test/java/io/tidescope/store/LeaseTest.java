package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;

/**
 * For how long a member may act without hearing from the group: never longer than the group says.
 */
class LeaseTest {
    private static final long SESSION = Duration.ofSeconds(10).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now = 100 * SECOND;
    private double responses;
    private long wallMillis = 1_700_000_000_000L;
    private final Lease lease =
            new Lease(() -> responses, Duration.ofNanos(SESSION), () -> now, () -> wallMillis);

    @Test
    void whoNeverHeardFromTheGroupHasNone() {
        lease.look();
        assertThat(lease.valid()).isFalse();
    }

    @Test
    void joiningGivesOneAtOnce() {
        pass(SECOND);
        responses += 2;
        lease.look();
        assertThat(lease.valid()).isTrue();
    }

    @Test
    void regularHeartbeatsKeepItEvenWhenOneIsLost() {
        join();
        for (int beat = 0; beat < 50; beat++) {
            boolean lost = beat % 4 == 3;
            for (int i = 0; i < 16; i++) {
                pass(SESSION / 6 / 16);
                lease.look();
                assertThat(lease.valid()).isTrue();
            }
            responses += lost ? 0 : 1;
        }
    }

    @Test
    void itEndsBeforeTheSessionDoes() {
        join();
        pass(SESSION * 8 / 10 + 1);
        assertThat(lease.valid()).isFalse();
    }

    @Test
    void whoWasStoppedForLongerThanASessionHasNoneWhateverTheFirstResponseSays() {
        join();
        responses++;
        pass(SECOND);
        lease.look();
        pass(10 * SESSION);
        assertThat(lease.valid()).isFalse();
        // The response to a heartbeat that says that it is no member any more counts, too.
        responses++;
        lease.look();
        assertThat(lease.valid()).isFalse();
    }

    /** The request before the refusal was accepted in time, and its response came late. */
    @Test
    void whoIsNoMemberAnyMoreHasNoneHoweverLateTheResponseBeforeCame() {
        join();
        long accepted = now;
        pass(SESSION * 99 / 100);
        lease.look();
        responses++;
        pass(SESSION / 10);
        lease.look();
        assertThat(now - accepted).isGreaterThan(SESSION);
        responses++;
        pass(SESSION / 100);
        lease.look();
        assertThat(lease.valid()).isFalse();
    }

    @Test
    void aMachineThatWasSuspendedHasNoneThoughItsMonotonicClockStoodStill() {
        join();
        assertThat(lease.valid()).isTrue();
        wallMillis += SESSION / 1_000_000;
        assertThat(lease.valid()).isFalse();
        // Set back, the wall's clock does not make it longer.
        wallMillis -= 10 * SESSION / 1_000_000;
        assertThat(lease.valid()).isTrue();
        pass(SESSION);
        assertThat(lease.valid()).isFalse();
    }

    /**
     * The group as it is: a request on its way, its acceptance or refusal, the response on its way.
     * Nobody may act for whom the group has heard nothing within the session.
     */
    @Test
    void itNeverOutlastsTheSessionThatTheGroupCounts() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < 400; run++) {
            Lease watched =
                    new Lease(
                            () -> responses,
                            Duration.ofNanos(SESSION),
                            () -> now,
                            () -> wallMillis);
            responses = 0;
            long accepted = now;
            // On its way to the group, at the group, on its way back, none.
            int at = 3;
            boolean member = true;
            for (int step = 0; step < 100; step++) {
                pass(
                        random.nextInt(20) == 0
                                ? random.nextLong(2 * SESSION)
                                : random.nextLong(SECOND));
                switch (random.nextInt(3)) {
                    case 0 -> watched.look();
                    case 1 -> {
                        if (at == 3 && member) {
                            at = 0;
                        }
                    }
                    default -> {
                        if (at == 0) {
                            member = now - accepted < SESSION;
                            accepted = member ? now : accepted;
                            at = 2;
                        } else if (at == 2) {
                            responses++;
                            at = 3;
                        }
                    }
                }
                if (watched.valid()) {
                    assertThat(now - accepted)
                            .as("seed %d, run %d, step %d", seed, run, step)
                            .isLessThan(SESSION);
                }
            }
        }
    }

    private void join() {
        lease.look();
        pass(SECOND / 10);
        responses += 2;
        lease.look();
    }

    private void pass(long nanos) {
        now += nanos;
        wallMillis += nanos / 1_000_000;
    }
}
