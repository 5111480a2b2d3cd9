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
    private final Lease lease = new Lease(() -> responses, Duration.ofNanos(SESSION), () -> now);

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

    /**
     * The group as it is: a request, some time, its response, some time; a member that says that it
     * may act has sent a request within the session.
     */
    @Test
    void itNeverOutlastsTheSessionOfTheRequestAnsweredLast() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        join();
        long sent = now;
        long answered = now;
        boolean underWay = false;
        for (int step = 0; step < 20_000; step++) {
            pass(random.nextInt(50) == 0 ? random.nextLong(2 * SESSION) : random.nextLong(SECOND));
            switch (random.nextInt(3)) {
                case 0 -> {
                    if (!underWay) {
                        sent = now;
                        underWay = true;
                    }
                }
                case 1 -> {
                    if (underWay) {
                        responses++;
                        answered = sent;
                        underWay = false;
                    }
                }
                default -> lease.look();
            }
            if (lease.valid()) {
                assertThat(now - answered).as("seed %d, step %d", seed, step).isLessThan(SESSION);
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
    }
}
