package io.tidescope.store;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.rocks.DocumentStore;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

import java.util.Properties;

/**
 * The Kafka Streams application that keeps the store: one store on one topic, which is its input
 * and its changelog.
 */
final class StoreTopology {
    static final String STORE = "documents";

    private static final String SOURCE = "documents-source";
    private static final String APPLY = "documents-apply";

    /** How long a thread without records waits for some, and how old a commit gets. */
    private static final long POLL_MILLIS = 100;

    /**
     * A node takes a partition over when it lacks no more records than this, and is warmed up
     * before if it lacks more. Nobody is active for the partition while it reads them: a hundred
     * are a moment, a thousand were seconds for a node that had just been started.
     */
    private static final long ACCEPTABLE_RECOVERY_LAG = 100;

    /** How often a node that is warmed up is looked at again; the least that Streams allows. */
    private static final int PROBING_MILLIS = 60_000;

    /** Heartbeats within a session, at least: one may be lost without the lease ending. */
    private static final int HEARTBEATS = 6;

    /**
     * Between two heartbeats, at most. From the response to one a member learns that the group has
     * to agree anew, which it does twice to move a partition: it is taken from one node, and then
     * given to the other. In between nobody is active for it, and questions that must have the
     * active node wait. Cost: five small requests a second for each node.
     */
    private static final int HEARTBEAT_MILLIS = 200;

    private static final String RACK = "rack";

    /** Records hold whole files: few of them are kept waiting on the heap. */
    private static final int POLLED_RECORDS = 256;

    /**
     * While restoring, a poll should end with what was fetched of a partition and not within it:
     * what it returns of one is written at once, and is the better the more it is.
     */
    private static final int RESTORED_RECORDS = 1024;

    /**
     * How long a broker keeps a request for what is to be restored when there is nothing. Whoever
     * becomes active for a partition first reads what is behind its last record, if only the mark
     * that a transaction ended, and cannot ask for it while a request about others is waiting.
     */
    private static final int RESTORE_WAIT_MILLIS = 50;

    private static final int BUFFERED_RECORDS_PER_PARTITION = 128;

    private StoreTopology() {}

    static Topology of(
            StoreBuilder<DocumentStore> store,
            PartitionBoard board,
            Namespace names,
            Tracing tracing) {
        return new Topology()
                .addReadOnlyStateStore(
                        store,
                        SOURCE,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        names.documents(),
                        APPLY,
                        () -> new Applying(board, tracing));
    }

    /**
     * At-least-once, on purpose: the store writes each record with its offset in one step, so
     * records that come again change nothing, while exactly-once would delete the store whenever a
     * task ends uncleanly, and could leave transactions behind for others to wait for. Only
     * committed records are read, live and restoring; restoring ends at the group's committed
     * offset, which a reader of committed records can always reach.
     */
    static Properties configuration(KafkaConnection connection, StoreSettings settings) {
        GroupSettings group = settings.group();
        String application = connection.names().storeApplication();
        Properties properties = new Properties();
        properties.putAll(connection.clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, application + "-" + settings.nodeId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        // One, so that no partition changes threads: io.tidescope.store.rocks.Appliers tells why.
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, group.commitInterval().toMillis());
        properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        properties.put(
                StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
                BUFFERED_RECORDS_PER_PARTITION);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG, -1);
        putConsumer(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        putConsumer(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
        properties.put(
                StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                RESTORED_RECORDS);
        properties.put(
                StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                RESTORE_WAIT_MILLIS);
        // A member that comes back under its name takes its partitions up again at once.
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                application + "-" + settings.nodeId());
        int sessionMillis = Math.toIntExact(group.sessionTimeout().toMillis());
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                sessionMillis);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.clamp(sessionMillis / HEARTBEATS, 1, HEARTBEAT_MILLIS));
        putGroup(properties, group);
        return properties;
    }

    private static void putGroup(Properties properties, GroupSettings group) {
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, group.standbyReplicas());
        properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, ACCEPTABLE_RECOVERY_LAG);
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MILLIS);
        if (group.address() != null) {
            properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, group.address().toString());
        }
        if (group.rack() != null) {
            properties.put(StreamsConfig.clientTagPrefix(RACK), group.rack());
            properties.put(StreamsConfig.RACK_AWARE_ASSIGNMENT_TAGS_CONFIG, RACK);
        }
    }

    private static void putConsumer(Properties properties, String name, Object value) {
        properties.put(StreamsConfig.mainConsumerPrefix(name), value);
        properties.put(StreamsConfig.restoreConsumerPrefix(name), value);
    }
}
