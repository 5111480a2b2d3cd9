package io.tidescope.bench;

import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.KafkaConnection;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Copies the records of some paths from one topic to another, which may have another number of
 * partitions, in transactions and batches as large as those of an import.
 */
final class TopicCopy {
    private static final int BATCH_BYTES = 1024 * 1024;
    private static final int RECORD_BYTES = 40 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final KafkaConnection kafka;
    private final Predicate<String> paths;

    TopicCopy(KafkaConnection kafka, Predicate<String> paths) {
        this.kafka = kafka;
        this.paths = paths;
    }

    void copy(String from, String to) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                KafkaProducer<byte[], byte[]> producer = producer(to)) {
            List<TopicPartition> read =
                    consumer.partitionsFor(from).stream()
                            .map(each -> new TopicPartition(from, each.partition()))
                            .toList();
            int partitions = producer.partitionsFor(to).size();
            consumer.assign(read);
            consumer.seekToBeginning(read);
            Map<TopicPartition, Long> ends = consumer.endOffsets(read);
            producer.initTransactions();
            producer.beginTransaction();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                    copy(record, to, partitions, producer);
                }
            }
            producer.commitTransaction();
        }
    }

    private void copy(
            ConsumerRecord<byte[], byte[]> record,
            String to,
            int partitions,
            KafkaProducer<byte[], byte[]> producer) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        String path = key.substring(key.lastIndexOf('\0') + 1);
        if (path.isEmpty()) {
            // A marker stands in every partition, with the same to say.
            for (int i = 0; i < partitions && record.partition() == 0; i++) {
                producer.send(copied(record, to, i));
            }
        } else if (paths.test(path)) {
            String repository = key.substring(0, key.indexOf('\0'));
            int partition = DocumentPartitioner.partition(repository, path, partitions);
            producer.send(copied(record, to, partition));
        }
    }

    private static ProducerRecord<byte[], byte[]> copied(
            ConsumerRecord<byte[], byte[]> record, String to, int partition) {
        return new ProducerRecord<>(to, partition, record.key(), record.value(), record.headers());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(String to) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "copy-to-" + to);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 100);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
