package io.tidescope.app.region;

import io.tidescope.recovery.region.MirrorLag;
import io.tidescope.recovery.region.RegionCluster;
import io.tidescope.recovery.region.RegionEpoch;
import io.tidescope.recovery.region.RegionWitness;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits until a region has everything that the other one has published. */
public final class MirrorWait {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** A mirror that is far behind would make it long to count all. */
    private static final Duration COUNTING = Duration.ofSeconds(2);

    private final Consumer<String> says;
    private final Duration pause;

    /**
     * @param says told how far it is, when that changes
     */
    public MirrorWait(Consumer<String> says) {
        this(says, PAUSE);
    }

    MirrorWait(Consumer<String> says, Duration pause) {
        this.says = says;
        this.pause = pause;
    }

    /**
     * How far it is when it has everything, or after the limit.
     *
     * @throws TideScopeException UNAVAILABLE when the witness or one of the regions does not
     *     answer; PRECONDITION_FAILED when no region publishes
     */
    public MirrorLag await(
            RegionWitness witness, RegionCluster own, RegionCluster peer, Duration limit)
            throws InterruptedException {
        RegionEpoch epoch =
                witness.current()
                        .orElseThrow(
                                () ->
                                        new TideScopeException(
                                                ErrorCode.PRECONDITION_FAILED,
                                                "No region publishes yet."));
        return await(() -> MirrorLag.of(epoch, peer, own, COUNTING), limit);
    }

    /** The same of whatever tells how far it is. */
    MirrorLag await(Supplier<MirrorLag> lags, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        String told = "";
        boolean counted = true;
        while (true) {
            MirrorLag lag = lags.get();
            if (lag.isCaughtUp() || System.nanoTime() - until > 0) {
                return lag;
            }
            String now = lag.describe();
            // At least so many is how much was read in a moment, and no progress.
            if (!now.equals(told) && (lag.counted() || counted)) {
                told = now;
                says.accept(now);
            }
            counted = lag.counted();
            Thread.sleep(pause);
        }
    }
}
