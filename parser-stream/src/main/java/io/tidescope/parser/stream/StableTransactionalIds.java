package io.tidescope.parser.stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives the producers of a node the same transactional ids after every start.
 *
 * <p>Kafka Streams puts a random process id into them when the topology keeps nothing on disk. The
 * transaction that a killed process left open would then hide all later documents from its readers
 * until it times out, minutes later. Under the same id the next start ends it at once.
 */
final class StableTransactionalIds implements KafkaClientSupplier {
    private final String prefix;

    /**
     * @param prefix of the ids, unique to the node; the number of the stream thread is appended
     */
    StableTransactionalIds(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> stable = new HashMap<>(config);
        String streamsId = String.valueOf(config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
        String thread = streamsId.substring(streamsId.lastIndexOf('-') + 1);
        stable.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + thread);
        return new KafkaProducer<>(stable, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }
}
