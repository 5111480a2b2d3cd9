package io.tidescope.store.rocks;

import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.streams.state.StoreBuilder;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Makes a {@link DocumentStore} for each partition that Kafka Streams is assigned.
 *
 * @param name the stores' name in the topology, and of their directories
 * @param memory stays open until all stores are closed
 * @param appliers apply the records of all stores of a process
 * @param trees shared by all stores of a process
 * @param flushInterval how often what was applied becomes durable at most, however often it is
 *     committed; the topic has the rest
 * @param topic tells of the topic that the stores are built from
 * @param records reads it, for stores that are built again while they answer
 * @param housekeeping runs what stores are maintained with, one after the other
 * @param kept where stores go that are closed while the process starts
 */
public record DocumentStoreBuilder(
        String name,
        NativeMemory memory,
        Appliers appliers,
        TreeCache trees,
        AvroSerde<DocumentRecord> serde,
        StoreMetrics metrics,
        StoreObserver observer,
        Duration flushInterval,
        TopicExtent.Source topic,
        RecordReader.Source records,
        Executor housekeeping,
        KeptOpen kept,
        InstantSource clock)
        implements StoreBuilder<DocumentStore> {
    Housekeeping housekeeping(int partition) {
        return new Housekeeping(partition, housekeeping, clock);
    }

    @Override
    public DocumentStore build() {
        return new DocumentStore(this);
    }

    @Override
    public StoreBuilder<DocumentStore> withCachingEnabled() {
        throw new UnsupportedOperationException("the document store has no cache of writes");
    }

    @Override
    public StoreBuilder<DocumentStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<DocumentStore> withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException("the documents topic is the changelog");
    }

    @Override
    public StoreBuilder<DocumentStore> withLoggingDisabled() {
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
        return false;
    }
}
