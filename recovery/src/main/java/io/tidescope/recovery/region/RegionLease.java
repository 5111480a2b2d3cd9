package io.tidescope.recovery.region;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * What a process of a region knows of who publishes, and for how long that may still be true.
 *
 * <p>It asks the witness again and again. What it heard counts for the lease, from before it asked
 * on; whoever takes over waits for longer than that, so that by then every process has heard of it
 * or knows that it does not know. Safe for concurrent use.
 */
public final class RegionLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegionLease.class);
    private static final int ASKED_IN_A_LEASE = 5;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final RegionWitness witness;
    private final String region;
    private final Duration lease;
    private final Thread asking;
    private volatile @Nullable Heard heard;
    private volatile @Nullable String problem;
    private volatile boolean closed;

    /**
     * @param epoch null when no region ever was active
     * @param askedAt in the time of {@link System#nanoTime}
     */
    private record Heard(@Nullable RegionEpoch epoch, long askedAt) {}

    private RegionLease(RegionWitness witness, String region, Duration lease) {
        RegionEpoch.requireName(region);
        this.witness = witness;
        this.region = region;
        this.lease = lease;
        asking = Thread.ofPlatform().daemon().name("region lease").unstarted(this::run);
    }

    /**
     * Asks for the first time, and then until it is closed; that the witness does not answer is
     * told by those who ask what it says.
     *
     * @param region this one
     * @param lease the same in both regions
     */
    public static RegionLease start(RegionWitness witness, String region, Duration lease) {
        RegionLease started = new RegionLease(witness, region, lease);
        started.ask();
        started.asking.start();
        return started;
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(lease.dividedBy(ASKED_IN_A_LEASE));
                ask();
            }
        } catch (InterruptedException e) {
            LOG.atDebug().setCause(e).log("No longer asking who publishes");
        }
    }

    private void ask() {
        long askedAt = System.nanoTime();
        try {
            RegionEpoch before = epoch().orElse(null);
            RegionEpoch now = witness.current().orElse(null);
            heard = new Heard(now, askedAt);
            problem = null;
            if (now != null && !now.equals(before)) {
                LOG.atInfo()
                        .addKeyValue("region", region)
                        .addKeyValue("epoch", now.number())
                        .log("Of the regions {}", now.describe());
            }
        } catch (TideScopeException e) {
            if (problem == null) {
                LOG.atWarn()
                        .addKeyValue("region", region)
                        .addKeyValue("error_code", e.code())
                        .log("The witness of the regions cannot be asked: {}", e.getMessage());
            }
            problem = e.getMessage();
        }
    }

    /** The newest epoch that was heard of, even if that is long ago. */
    public Optional<RegionEpoch> epoch() {
        Heard last = heard;
        return last == null ? Optional.empty() : Optional.ofNullable(last.epoch());
    }

    /**
     * The epoch, as it still is for sure.
     *
     * @throws TideScopeException UNAVAILABLE when the witness was not heard for as long as the
     *     lease is; PRECONDITION_FAILED when no region ever was active
     */
    public RegionEpoch require() {
        Heard last = heard;
        if (last == null || System.nanoTime() - last.askedAt() > lease.toNanos()) {
            String why = problem;
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "region %s does not know who publishes: the witness at %s did not answer for %d seconds%s"
                            .formatted(
                                    region,
                                    witness,
                                    lease.toSeconds(),
                                    why == null ? "" : " (" + why + ")"));
        }
        RegionEpoch epoch = last.epoch();
        if (epoch == null) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "no region publishes yet; say which one does: tidescope region failover"
                            + " --config FILE, there");
        }
        return epoch;
    }

    /**
     * That this region publishes.
     *
     * @return the least number of a publish
     * @throws TideScopeException PRECONDITION_FAILED when it does not, UNAVAILABLE when that is not
     *     known
     */
    public long requireActive() {
        RegionEpoch epoch = require();
        if (!epoch.mayPublish(region)) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "region %s does not publish: %s".formatted(region, epoch.describe()));
        }
        return epoch.firstPublish();
    }

    @Override
    public void close() {
        closed = true;
        asking.interrupt();
        try {
            if (!asking.join(CLOSE_LIMIT)) {
                LOG.atWarn().log("The witness of the regions keeps a question for long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
