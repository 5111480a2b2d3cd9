package io.tidescope.app.standalone;

import io.tidescope.app.role.Parts;
import io.tidescope.ingest.EventLog;
import io.tidescope.ingest.PublishLimits;
import io.tidescope.ingest.PublishListener;
import io.tidescope.ingest.PublishSummary;
import io.tidescope.ingest.Publisher;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.schemas.Topics;

import java.time.InstantSource;
import java.util.List;

/** One publish of one repository, without anything that keeps running. */
public final class OneShotPublish {
    private final TrackedRepository repository;
    private final Topics topics;

    public OneShotPublish(TrackedRepository repository, Topics topics) {
        this.repository = repository;
        this.topics = topics;
    }

    /**
     * Publishes into a cluster that runs.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when it does not answer
     */
    public PublishSummary into(StandaloneSettings.Cluster cluster) {
        // Which index there is of what is published is not asked.
        return publish(Backbone.of(cluster, topics.published(), topics.replication()));
    }

    /** Publishes into the embedded broker of a data directory, which runs as long as that takes. */
    public PublishSummary into(DataDirectory data, List<String> brokerJava)
            throws InterruptedException {
        try (Parts parts = new Parts()) {
            // A broker that is lost for good fails the publish by its own time limits.
            return publish(
                    Backbone.embedded(data, brokerJava, topics.published(), parts, () -> {}));
        }
    }

    private PublishSummary publish(Backbone backbone) {
        EventLog log = new EventLog(backbone.kafka(), topics, backbone.registry());
        try (Publisher publisher =
                new Publisher(
                        repository,
                        log,
                        PublishLimits.DEFAULT,
                        InstantSource.system(),
                        PublishListener.NONE)) {
            return publisher.publish();
        }
    }
}
