package io.tidescope.app.fault;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far the parsers have read.
 *
 * @param kafka whose parsers
 */
record ParserOffsets(KafkaConnection kafka) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Sets each partition back by some records; no parser may run. */
    void goBack(int records) {
        String group = kafka.names().parserApplication();
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            Eventually.until(
                    LIMIT,
                    "the group of the parsers is set back",
                    () -> {
                        try {
                            Map<TopicPartition, OffsetAndMetadata> earlier = new HashMap<>();
                            admin.listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get(10, TimeUnit.SECONDS)
                                    .forEach(
                                            (partition, at) ->
                                                    earlier.put(
                                                            partition,
                                                            new OffsetAndMetadata(
                                                                    Math.max(
                                                                            0,
                                                                            at.offset()
                                                                                    - records))));
                            admin.alterConsumerGroupOffsets(group, earlier)
                                    .all()
                                    .get(10, TimeUnit.SECONDS);
                            return !earlier.isEmpty();
                        } catch (ExecutionException | TimeoutException e) {
                            // Members that are gone are members until their session has ended.
                            return false;
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }
}
