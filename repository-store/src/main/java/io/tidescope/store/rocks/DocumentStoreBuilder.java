package io.tidescope.store.rocks;

import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.streams.state.StoreBuilder;

import java.util.Map;

/** Makes a {@link DocumentStore} for each partition that Kafka Streams is assigned. */
public final class DocumentStoreBuilder implements StoreBuilder<DocumentStore> {
    private final String name;
    private final NativeMemory memory;
    private final AvroSerde<DocumentRecord> serde;
    private final StoreMetrics metrics;
    private final StoreObserver observer;

    /**
     * @param name the stores' name in the topology, and of their directories
     * @param memory stays open until all stores are closed
     */
    public DocumentStoreBuilder(
            String name,
            NativeMemory memory,
            AvroSerde<DocumentRecord> serde,
            StoreMetrics metrics,
            StoreObserver observer) {
        this.name = name;
        this.memory = memory;
        this.serde = serde;
        this.metrics = metrics;
        this.observer = observer;
    }

    @Override
    public DocumentStore build() {
        return new DocumentStore(name, memory, serde, metrics, observer);
    }

    @Override
    public String name() {
        return name;
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
