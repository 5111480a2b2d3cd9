package io.tidescope.parser.stream;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** The Kafka Streams configuration of a parser node. */
final class StreamSettings {
    /**
     * How long documents wait for the end of their transaction when no marker ends it: long enough
     * that a first import does not spend its time on commits. A push ends with a marker.
     */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    /** A batch of records holds up one commit, at the deadline each if they are all bad. */
    private static final int RECORDS_PER_POLL = 32;

    /**
     * A transaction may last for so many deadlines of a file. It is as long as readers wait for a
     * node that dies in the middle of one and never comes back; a node that does come back ends it
     * at once ({@link LeftoverTransactions}).
     *
     * <p>A transaction begins with the first document written and ends within a second, or after
     * the records that are being processed then: one for each partition if they are slow. One of
     * them may reach its deadline. Should more of them be slow and the transaction end for its age,
     * they are processed again, and {@link SlowParses} knows what came of the slow ones: so it ends
     * in time at last.
     */
    private static final int TRANSACTION_DEADLINES = 2;

    private static final Duration SHORTEST_TRANSACTION_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration RETRY_BACKOFF = Duration.ofMillis(10);
    private static final Duration LINGER = Duration.ofMillis(100);
    private static final int BUFFER_BYTES = Topics.MAX_RECORD_BYTES + 8 * 1024 * 1024;
    private static final int BATCH_BYTES = 1024 * 1024;

    private StreamSettings() {}

    static Properties of(KafkaConnection connection, ParserSettings settings) {
        String application = connection.names().parserApplication();
        Properties properties = new Properties();
        properties.putAll(connection.clientProperties());
        properties.putAll(
                Map.of(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        application,
                        StreamsConfig.CLIENT_ID_CONFIG,
                        application + "-" + settings.nodeId(),
                        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                        settings.threads(),
                        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                        StreamsConfig.EXACTLY_ONCE_V2,
                        StreamsConfig.GROUP_PROTOCOL_CONFIG,
                        "classic",
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        COMMIT_INTERVAL.toMillis(),
                        StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
                        RECORDS_PER_POLL));
        properties.putAll(
                Map.of(
                        // A restarted node is known again without waiting for its own ghost.
                        consumer(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                        settings.nodeId(),
                        consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                        millis(settings.sessionTimeout()),
                        consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                        millis(settings.sessionTimeout().dividedBy(4)),
                        consumer(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                        millis(POLL_TIMEOUT),
                        consumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                        RECORDS_PER_POLL,
                        consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                        "earliest"));
        properties.putAll(
                Map.of(
                        producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                        millis(transactionTimeout(settings.parseDeadline())),
                        producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                        Topics.MAX_RECORD_BYTES,
                        producer(ProducerConfig.BUFFER_MEMORY_CONFIG),
                        (long) BUFFER_BYTES,
                        producer(ProducerConfig.BATCH_SIZE_CONFIG),
                        BATCH_BYTES,
                        // A transaction begun right behind another is refused for a few ms.
                        producer(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                        millis(RETRY_BACKOFF),
                        producer(ProducerConfig.LINGER_MS_CONFIG),
                        millis(LINGER),
                        producer(ProducerConfig.COMPRESSION_TYPE_CONFIG),
                        "zstd",
                        producer(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG),
                        1));
        return properties;
    }

    private static Duration transactionTimeout(Duration parseDeadline) {
        Duration timeout = parseDeadline.multipliedBy(TRANSACTION_DEADLINES);
        return timeout.compareTo(SHORTEST_TRANSACTION_TIMEOUT) < 0
                ? SHORTEST_TRANSACTION_TIMEOUT
                : timeout;
    }

    private static String consumer(String setting) {
        return StreamsConfig.mainConsumerPrefix(setting);
    }

    private static String producer(String setting) {
        return StreamsConfig.producerPrefix(setting);
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
