package io.tidescope.recovery.restore;

import io.tidescope.schemas.KafkaConnection;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.Map;

/** Has opened a repository to publish it, and has published nothing yet: no broker sees it. */
public final class IdlePublisher implements AutoCloseable {
    private static final int LIMIT_MILLIS = 20_000;

    private final KafkaConnection kafka;
    private final Producer<byte[], byte[]> producer;

    public IdlePublisher(KafkaConnection kafka, String repository) {
        this.kafka = kafka;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.names().publisher(repository));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT_MILLIS);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Commits something to the log, which there is; false when others have fenced it since. */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit tells
    public boolean commits() {
        try {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(kafka.names().fileChanges(), new byte[1]));
            producer.commitTransaction();
            return true;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            return false;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
