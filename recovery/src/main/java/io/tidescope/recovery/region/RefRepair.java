package io.tidescope.recovery.region;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.PublishProgress;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Tells publishers of refs of which the log has something and not all, or of which they would take
 * for published what it has not: they read from the log what it has of them, and publish what git
 * has instead.
 */
final class RefRepair implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final String topic;
    private final AvroSerde<RefState> states;
    private final Producer<byte[], byte[]> producer;

    private RefRepair(String topic, AvroSerde<RefState> states, Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.states = states;
        this.producer = producer;
    }

    /**
     * To be begun before the log is read: one that had read it earlier cannot write any more.
     *
     * @throws TideScopeException UNAVAILABLE when the cluster does not answer
     */
    static RefRepair begin(KafkaConnection kafka, SchemaRegistry registry) {
        String topic = kafka.names().repositories();
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.names().region());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        RefRepair repair =
                new RefRepair(
                        topic,
                        AvroSerde.forValue(topic, RefState.class, registry),
                        new KafkaProducer<>(
                                properties, new ByteArraySerializer(), new ByteArraySerializer()));
        try {
            repair.producer.initTransactions();
            return repair;
        } catch (KafkaException e) {
            repair.close();
            throw KafkaProblem.of("did not let what publishers have to know be written", e);
        }
    }

    /**
     * Writes it for those that need it, all or none; again, it changes nothing.
     *
     * @return them
     * @throws TideScopeException UNAVAILABLE when cluster or registry do not answer, or another
     *     repair has begun meanwhile
     */
    List<RefAudit> repair(Collection<RefAudit> audits, Instant now) {
        List<RefAudit> torn = audits.stream().filter(audit -> !audit.isWhole()).toList();
        if (torn.isEmpty()) {
            return torn;
        }
        try {
            producer.beginTransaction();
            for (RefAudit audit : torn) {
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                0,
                                audit.ref().toBytes(),
                                states.serialize(state(audit, now))));
            }
            producer.commitTransaction();
            return torn;
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not take what publishers have to know", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    /** A publish that was cut off, of which only the log tells how far it came. */
    private static RefState state(RefAudit audit, Instant now) {
        RefState before = audit.state();
        RefState.Builder state =
                before == null ? RefState.newBuilder() : RefState.newBuilder(before);
        return state.setRepository(audit.ref().repository())
                .setRef(audit.ref().ref())
                .setDefaultRef(before != null && before.getDefaultRef())
                .setLocation(before == null ? "" : before.getLocation())
                .setSequence(Math.max(audit.begun(), before == null ? 0 : before.getSequence()))
                .setCommit(audit.commit())
                .setProgress(new PublishProgress(null, ByteBuffer.allocate(0), 0, 0, true))
                .setUpdatedAtMillis(now)
                .build();
    }
}
