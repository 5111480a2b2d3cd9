package io.tidescope.recovery.region;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether there is anything in topics. */
final class TopicRecords {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private TopicRecords() {}

    /**
     * Whether any of the topics has ever had a record.
     *
     * @param topics all of which there are
     * @throws TideScopeException UNAVAILABLE when the cluster does not answer
     */
    static boolean areIn(Admin admin, Collection<Topic> topics) throws InterruptedException {
        try {
            return admin
                    .listOffsets(ends(topics))
                    .all()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .anyMatch(end -> end.offset() > 0);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not tell what there is", e);
        }
    }

    /** What asks for the end of each of their partitions. */
    static Map<TopicPartition, OffsetSpec> ends(Collection<Topic> topics) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (Topic topic : topics) {
            for (int i = 0; i < topic.partitions(); i++) {
                asked.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
        }
        return asked;
    }
}
