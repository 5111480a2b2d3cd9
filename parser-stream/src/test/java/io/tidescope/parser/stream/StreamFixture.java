package io.tidescope.parser.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.FileKey;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A broker with the topics and a registry, a publisher to it, and a reader of the documents. */
final class StreamFixture implements AutoCloseable {
    static final int PARTITIONS = 4;

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(50);

    private final TestBroker broker = TestBroker.start();
    private final EmbeddedRegistry registry;
    private final EventSerdes serdes;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;

    StreamFixture() {
        registry =
                EmbeddedRegistry.start(
                        connection(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Replication.BROKERS_DEFAULT);
        serdes = EventSerdes.with(registry, Namespace.NONE);
        Map<String, Object> properties = connection().clientProperties();
        admin = Admin.create(properties);
        new TopicAdmin(admin).ensure(new Topics(PARTITIONS));
        properties.put("max.request.size", Topics.MAX_RECORD_BYTES);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A record of the documents topic, decoded; null when it is a tombstone. */
    record Written(int partition, byte[] key, @Nullable Object body) {
        boolean isMarker() {
            return body instanceof RevisionMarker;
        }
    }

    KafkaConnection connection() {
        return broker.connection();
    }

    Admin admin() {
        return admin;
    }

    EmbeddedRegistry registry() {
        return registry;
    }

    ParserNode node() {
        return node(registry);
    }

    ParserNode node(SchemaRegistry schemas) {
        return node(schemas, "");
    }

    /** One of another index. */
    ParserNode nodeOf(String index) {
        return node(registry, index);
    }

    private ParserNode node(SchemaRegistry schemas, String index) {
        return new ParserNode(
                connection().withIndex(index),
                settings(),
                schemas,
                new JavaSourceParser()::parse,
                new SimpleMeterRegistry());
    }

    static ParserSettings settings() {
        return new ParserSettings("node", 2, Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    /** Publishes the changes, each to its partition, and then the marker to every partition. */
    void publish(List<FileChange> changes) {
        for (FileChange change : changes) {
            send(
                    DocumentPartitioner.partition(
                            change.getRepository(), change.getPath(), PARTITIONS),
                    change);
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(partition, Changes.marker());
        }
        producer.flush();
    }

    /** Sets the group of the parsers back to the beginning; no node may run. */
    void readAgain() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            beginnings.put(
                    new TopicPartition(Namespace.NONE.fileChanges(), partition),
                    new OffsetAndMetadata(0));
        }
        admin.alterConsumerGroupOffsets(Namespace.NONE.parserApplication(), beginnings)
                .all()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** What is committed on the documents topic once there are so many markers. */
    List<Written> documentsUpTo(int markers) {
        return recordsUpTo(markers, "").stream().map(this::decode).toList();
    }

    /** The same of an index, as they are. */
    List<ConsumerRecord<byte[], byte[]>> recordsUpTo(int markers, String index) {
        List<ConsumerRecord<byte[], byte[]>> written = new ArrayList<>();
        Map<String, Object> properties = connection().clientProperties();
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(
                                    partition ->
                                            new TopicPartition(
                                                    Namespace.NONE.withIndex(index).documents(),
                                                    partition))
                            .toList());
            Eventually.until(
                    LIMIT,
                    markers + " markers on documents",
                    () -> {
                        consumer.poll(POLL).forEach(written::add);
                        return written.stream()
                                        .filter(record -> DocumentKey.isMarker(record.key()))
                                        .count()
                                >= markers;
                    },
                    () -> written.size() + " records were committed");
        }
        return written;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        registry.close();
        broker.close();
    }

    private Written decode(ConsumerRecord<byte[], byte[]> record) {
        DocumentRecord value =
                record.value() == null
                        ? null
                        : serdes.documents().deserialize(ByteBuffer.wrap(record.value()));
        return new Written(
                record.partition(), record.key(), value == null ? null : value.getBody());
    }

    private void send(int partition, FileChange change) {
        producer.send(
                new ProducerRecord<>(
                        Namespace.NONE.fileChanges(),
                        partition,
                        new FileKey(change.getRepository(), change.getPath()).toBytes(),
                        serdes.changes().serialize(change)));
    }
}
