package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The guarantee that the documents topic tells the story of each document in the order in which it
 * was published: sequences of a document, and those of a ref's markers, never go back in a
 * partition, and no document comes behind the marker that closes its publish.
 */
public final class OrderPerDocument {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConnection kafka;
    private final AvroSerde<DocumentRecord> serde;

    public OrderPerDocument(KafkaConnection kafka, SchemaRegistry registry) {
        this.kafka = kafka;
        this.serde = AvroSerde.forValue(kafka.names().documents(), DocumentRecord.class, registry);
    }

    /**
     * Reads every committed record that is there now.
     *
     * @return how many records it saw
     */
    public int check() {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put("isolation.level", "read_committed");
        int seen = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(kafka.names().documents()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            for (TopicPartition partition : partitions) {
                seen += check(consumer, partition);
            }
        }
        return seen;
    }

    private int check(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        Long end = consumer.endOffsets(List.of(partition)).get(partition);
        Map<String, Long> sequences = new HashMap<>();
        int seen = 0;
        while (end != null && consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                seen++;
                byte[] value = record.value();
                if (value != null) {
                    check(record, serde.deserialize(ByteBuffer.wrap(value)), sequences);
                }
            }
        }
        return seen;
    }

    private static void check(
            ConsumerRecord<byte[], byte[]> record,
            DocumentRecord value,
            Map<String, Long> sequences) {
        DocumentKey key = DocumentKey.read(record.key());
        String document = key.repository() + "\0" + key.ref() + "\0" + key.path();
        String ref = key.repository() + "\0" + key.ref() + "\0";
        long sequence =
                switch (value.getBody()) {
                    case Document body -> {
                        assertThat(body.getSequence())
                                .as("%s behind the marker of its publish", key)
                                .isGreaterThan(sequences.getOrDefault(ref, 0L));
                        yield body.getSequence();
                    }
                    case RevisionMarker marker -> marker.getSequence();
                    default -> throw new AssertionError("neither document nor marker: " + key);
                };
        assertThat(sequence)
                .as("sequence of %s at offset %d", key, record.offset())
                .isGreaterThanOrEqualTo(sequences.getOrDefault(document, 0L));
        sequences.put(document, sequence);
    }
}
