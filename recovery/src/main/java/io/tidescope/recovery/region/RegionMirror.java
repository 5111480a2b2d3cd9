package io.tidescope.recovery.region;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.TopicAdmin;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.mirror.MirrorMaker;
import org.apache.kafka.connect.mirror.SourceAndTarget;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Mirrors the log of the region that publishes into this one, by MirrorMaker 2, for as long as it
 * is certain that the other one does.
 *
 * <p>MirrorMaker does not stop on the spot, so the process has to end when this returns: a record
 * of the other region must not come after one of this.
 */
public final class RegionMirror {
    private static final Logger LOG = LoggerFactory.getLogger(RegionMirror.class);
    private static final String CONNECTOR = "MirrorSourceConnector";
    private static final String FAILED = "FAILED";
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

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
        RegionEpoch epoch = awaitTurn(stopped);
        if (epoch == null) {
            return "stopped";
        }
        requireOurs(epoch);
        MirrorMaker mirror = new MirrorMaker(MirrorProperties.of(epoch, peer, own));
        SourceAndTarget flow = new SourceAndTarget(MirrorProperties.alias(epoch), own.name());
        mirror.start();
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
                String failure = failure(mirror, flow);
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

    /** What has failed Kafka Connect does not begin again; empty when nothing has. */
    private static String failure(MirrorMaker mirror, SourceAndTarget flow) {
        ConnectorStateInfo state;
        try {
            state = mirror.connectorStatus(flow, CONNECTOR);
        } catch (NotFoundException e) {
            // It is not configured yet.
            return "";
        }
        return Stream.concat(Stream.of(state.connector()), state.tasks().stream())
                .filter(part -> FAILED.equals(part.state()))
                .map(part -> "MirrorMaker has failed: " + part.trace())
                .findFirst()
                .orElse("");
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
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (Topic topic : own.topics().published()) {
                for (int i = 0; i < topic.partitions(); i++) {
                    asked.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
                }
            }
            boolean filled =
                    admin
                            .listOffsets(asked)
                            .all()
                            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                            .values()
                            .stream()
                            .anyMatch(end -> end.offset() > 0);
            if (filled) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "There is a log in region %s that is not mirrored from %s as of epoch %d. Make room for it: tidescope region failback --config FILE, here."
                                .formatted(own.name(), epoch.source(), epoch.since()));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not tell what there is", e);
        }
    }
}
