package io.tidescope.ingest;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.schemas.repositories.RefStateTail;
import io.tidescope.schemas.trace.Tracing;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** The log that publishers write to: where it is, how its records are encoded. */
public final class EventLog {
    /** Longest wait for the end of a topic: an abandoned transaction may have to time out first. */
    static final Duration READ_TIMEOUT = Duration.ofSeconds(90);

    private static final int TRANSACTION_TIMEOUT_MILLIS = 60_000;
    private static final int DELIVERY_TIMEOUT_MILLIS = 50_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 20_000;
    private static final int BATCH_BYTES = 256 << 10;
    private static final int BUFFER_BYTES = Topics.MAX_RECORD_BYTES + (24 << 20);

    private final KafkaConnection connection;
    private final Topics topics;
    private final AvroSerde<FileChange> fileChanges;
    private final AvroSerde<RefState> refStates;
    private final Tracing tracing;
    private final PublishPermit permit;

    /** One that no publish leaves a trace of. */
    public EventLog(KafkaConnection connection, Topics topics, SchemaRegistry registry) {
        this(connection, topics, registry, Tracing.OFF);
    }

    /**
     * @param tracing makes a span of each publish, which its records name in a header
     */
    public EventLog(
            KafkaConnection connection, Topics topics, SchemaRegistry registry, Tracing tracing) {
        this(connection, topics, registry, tracing, PublishPermit.ALWAYS);
    }

    /**
     * @param tracing makes a span of each publish, which its records name in a header
     * @param permit asked before anything is committed
     */
    public EventLog(
            KafkaConnection connection,
            Topics topics,
            SchemaRegistry registry,
            Tracing tracing,
            PublishPermit permit) {
        this.connection = connection;
        this.topics = topics;
        this.fileChanges = AvroSerde.forValue(names().fileChanges(), FileChange.class, registry);
        this.refStates = AvroSerde.forValue(names().repositories(), RefState.class, registry);
        this.tracing = tracing;
        this.permit = permit;
    }

    Tracing tracing() {
        return tracing;
    }

    PublishPermit permit() {
        return permit;
    }

    Namespace names() {
        return connection.names();
    }

    Topics topics() {
        return topics;
    }

    AvroSerde<FileChange> fileChanges() {
        return fileChanges;
    }

    AvroSerde<RefState> refStateSerde() {
        return refStates;
    }

    RefStateTail refStates() {
        return new RefStateTail(connection, refStates);
    }

    /** One transactional id per repository: a second publisher of it fences the first. */
    Map<String, Object> producerProperties(String repository) {
        Map<String, Object> properties = connection.clientProperties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, names().publisher(repository));
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        // While the broker checks a transaction's first write to a partition, a second one would
        // overtake it and be refused; waiting for answers also fills the batches.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // A commit flushes at once, so lingering fills the batches of imports and delays no push.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 100);
        return properties;
    }

    Map<String, Object> consumerProperties() {
        Map<String, Object> properties = connection.clientProperties();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", false);
        return properties;
    }

    /**
     * The ends of partitions, open transactions included: what was committed behind another
     * repository's open transaction must not be missed.
     */
    Map<TopicPartition, Long> highWatermarks(Collection<TopicPartition> partitions) {
        Map<String, Object> properties = consumerProperties();
        properties.put("isolation.level", "read_uncommitted");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions, READ_TIMEOUT);
        }
    }
}
