package io.tidescope.recovery.region;

import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives mirrored values the ids that their schemas have in this region's registry, so that the
 * registries of regions need not know of each other.
 *
 * <p>Kafka Connect makes it and calls it, hence public; it is configured by {@link
 * MirrorProperties}.
 */
public final class ForeignSchemas implements Transformation<SourceRecord> {
    static final String SOURCE = "source.registry";
    static final String TARGET = "target.registry";
    static final String TOPICS = "topics";

    private static final byte FRAMED = 0;
    private static final int FRAME_BYTES = 1 + Integer.BYTES;

    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private Set<String> topics = Set.of();
    private @Nullable HttpSchemaRegistry source;
    private @Nullable HttpSchemaRegistry target;

    @Override
    public void configure(Map<String, ?> properties) {
        Map<String, Object> given = config().parse(properties);
        topics = Set.copyOf((List<String>) given.get(TOPICS));
        source = new HttpSchemaRegistry(URI.create((String) given.get(SOURCE)));
        target = new HttpSchemaRegistry(URI.create((String) given.get(TARGET)));
    }

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define(
                        SOURCE,
                        Type.STRING,
                        Importance.HIGH,
                        "Registry of the ids that values have.")
                .define(TARGET, Type.STRING, Importance.HIGH, "Registry of the ids they are given.")
                .define(TOPICS, Type.LIST, Importance.HIGH, "Topics whose values have such ids.");
    }

    /** What is not framed is passed on as it is: everybody who reads it passes over it. */
    @Override
    public SourceRecord apply(SourceRecord mirrored) {
        if (!(mirrored.value() instanceof byte[] value)
                || value.length < FRAME_BYTES
                || value[0] != FRAMED
                || !topics.contains(mirrored.topic())) {
            return mirrored;
        }
        byte[] renamed = value.clone();
        ByteBuffer frame = ByteBuffer.wrap(renamed, 1, Integer.BYTES);
        frame.putInt(1, id(mirrored.topic(), frame.getInt(1)));
        return mirrored.newRecord(
                mirrored.topic(),
                mirrored.kafkaPartition(),
                mirrored.keySchema(),
                mirrored.key(),
                mirrored.valueSchema(),
                renamed,
                mirrored.timestamp());
    }

    /**
     * A registry that does not answer, or knows no such schema, fails the task, and {@link
     * RegionMirror} with it: started again, it begins with the same record.
     */
    private int id(String topic, int foreign) {
        return ids.computeIfAbsent(
                topic + " " + foreign,
                unknown ->
                        registry(target)
                                .register(topic + "-value", registry(source).read(foreign)));
    }

    private static SchemaRegistry registry(@Nullable HttpSchemaRegistry configured) {
        if (configured == null) {
            throw new IllegalStateException("not configured");
        }
        return configured;
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (target != null) {
            target.close();
        }
    }
}
