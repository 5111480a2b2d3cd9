package io.tidescope.recovery.region;

import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.mirror.MirrorMaker;
import org.apache.kafka.connect.mirror.SourceAndTarget;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.stream.Stream;

/**
 * MirrorMaker at work. Beside {@link ForeignSchemas}, which it loads, it is all that needs Kafka
 * Connect.
 */
final class MirrorFlow {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorFlow.class);
    private static final String FAILED = "FAILED";

    private final MirrorMaker mirror;
    private final SourceAndTarget flow;

    private MirrorFlow(MirrorMaker mirror, SourceAndTarget flow) {
        this.mirror = mirror;
        this.flow = flow;
    }

    /**
     * @throws NoClassDefFoundError when Kafka's own jars are not there
     */
    static void requireMirrorMaker() {
        LOG.atDebug().addKeyValue("class", MirrorMaker.class).log("There is a MirrorMaker");
    }

    /**
     * @param epoch in which the source is one
     */
    static MirrorFlow start(RegionEpoch epoch, RegionCluster source, RegionCluster target) {
        MirrorMaker mirror = new MirrorMaker(MirrorProperties.of(epoch, source, target));
        mirror.start();
        return new MirrorFlow(
                mirror, new SourceAndTarget(MirrorProperties.alias(epoch), target.name()));
    }

    /** What has failed Kafka Connect does not begin again; empty when nothing has. */
    String failure() {
        ConnectorStateInfo state;
        try {
            state = mirror.connectorStatus(flow, MirrorProperties.CONNECTOR);
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
}
