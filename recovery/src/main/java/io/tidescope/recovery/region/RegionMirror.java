package io.tidescope.recovery.region;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Mirrors the log of the region that publishes into this one, by MirrorMaker 2, for as long as it
 * is certain that the other one does.
 *
 * <p>MirrorMaker does not stop on the spot, so the process has to end when this returns: a record
 * of the other region must not come after one of this.
 */
public final class RegionMirror {
    private static final Logger LOG = LoggerFactory.getLogger(RegionMirror.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final RegionLease lease;
    private final RegionCluster own;
    private final RegionCluster peer;

    public RegionMirror(RegionLease lease, RegionCluster own, RegionCluster peer) {
        this.lease = lease;
        this.own = own;
        this.peer = peer;
    }

    /**
     * What MirrorMaker is configured with, sorted; with secrets.
     *
     * @throws TideScopeException PRECONDITION_FAILED when this region is the one that publishes;
     *     what {@link RegionLease#require} throws
     */
    public Map<String, String> properties() {
        RegionEpoch epoch = lease.require();
        if (epoch.source().equals(own.name())) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Nothing is mirrored into region %s: %s"
                            .formatted(own.name(), epoch.describe()));
        }
        return MirrorProperties.of(epoch, peer, own);
    }

    /**
     * Waits until this region has something to mirror, and mirrors it until that ends.
     *
     * @param stopped whether to end; asked often
     * @return why it has ended, for people
     * @throws TideScopeException PRECONDITION_FAILED when there is something here that is not of
     *     the other region; UNAVAILABLE when this region's cluster does not answer
     */
    public String run(BooleanSupplier stopped) throws InterruptedException {
        // Where Kafka's own jars are not, this fails before anything is waited for.
        MirrorFlow.requireMirrorMaker();
        RegionEpoch epoch = awaitTurn(stopped);
        if (epoch == null) {
            return "stopped";
        }
        requireOurs(epoch);
        MirrorFlow flow = MirrorFlow.start(epoch, peer, own);
        LOG.atInfo()
                .addKeyValue("from", epoch.source())
                .addKeyValue("to", own.name())
                .addKeyValue("epoch", epoch.number())
                .log("Mirroring");
        while (!stopped.getAsBoolean()) {
            try {
                RegionEpoch now = lease.require();
                if (now.since() != epoch.since() || !now.mayMirror(own.name())) {
                    return now.describe();
                }
                String failure = flow.failure();
                if (!failure.isEmpty()) {
                    return failure;
                }
            } catch (TideScopeException e) {
                return String.valueOf(e.getMessage());
            }
            Thread.sleep(LOOK);
        }
        return "stopped";
    }

    private @Nullable RegionEpoch awaitTurn(BooleanSupplier stopped) throws InterruptedException {
        while (!stopped.getAsBoolean()) {
            RegionEpoch epoch = lease.epoch().orElse(null);
            if (epoch != null && epoch.mayMirror(own.name())) {
                if (!epoch.source().equals(peer.name())) {
                    throw new TideScopeException(
                            ErrorCode.PRECONDITION_FAILED,
                            "Region %s publishes, and this one is configured to mirror %s."
                                    .formatted(epoch.source(), peer.name()));
                }
                return lease.require();
            }
            Thread.sleep(WAIT);
        }
        return null;
    }

    /**
     * A mirror begins where there is nothing, or goes on with what it has begun itself: what else
     * is there is of a time when this region was another one's source, and would stay among what is
     * mirrored.
     */
    private void requireOurs(RegionEpoch epoch) throws InterruptedException {
        try (Admin admin = Admin.create(own.kafka().clientProperties())) {
            new TopicAdmin(admin).ensure(own.topics());
            if (MirrorLag.partitions(MirrorProperties.offsetsTopic(epoch, own), own) > 0) {
                return;
            }
            if (TopicRecords.areIn(admin, own.topics().published())) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "There is a log in region %s that is not mirrored from %s as of epoch %d. Make room for it: tidescope region failback --config FILE, here."
                                .formatted(own.name(), epoch.source(), epoch.since()));
            }
        }
    }
}
