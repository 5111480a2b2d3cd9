package io.tidescope.recovery.restore;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.common.TopicPartition;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Where parsers of a restored deployment begin: what is behind it has no documents yet. */
final class ParserStarts {
    private ParserStarts() {}

    /** The offset of the first change that they take, by partition; none where it is not said. */
    static Map<TopicPartition, Long> read(Admin admin, Namespace names)
            throws InterruptedException {
        Map<TopicPartition, Long> starts = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(
                            names.parserApplication(),
                            new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach(
                            (partition, offset) -> {
                                if (offset != null) {
                                    starts.put(partition, offset.offset());
                                }
                            });
        } catch (ExecutionException e) {
            throw KafkaProblem.of("did not say where parsers begin", e);
        }
        return starts;
    }
}
