package io.tidescope.app.lag;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidescope.query.admin.LagSource;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Looks now and then at how far the parsers and the stores are behind, while it is open, and tells
 * it as gauges by group, topic and partition. The brokers are asked and not the consumers: those
 * that do not run are the ones to know of.
 *
 * <p>What could not be found out for half a minute is not a number, rather than what it was.
 */
public final class ConsumerLag implements LagSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConsumerLag.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CURRENT = Duration.ofSeconds(30);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final double MILLIS = 1e3;

    private final Map<Consumed, LagBoard> boards = new HashMap<>();
    private final int partitions;
    private final InstantSource clock;
    private final Admin admin;
    private final Thread thread;
    private boolean failing;
    private volatile boolean closed;

    private ConsumerLag(Admin admin, List<Consumed> consumed, int partitions, InstantSource clock) {
        this.admin = admin;
        this.partitions = partitions;
        this.clock = clock;
        consumed.forEach(each -> boards.put(each, new LagBoard(CURRENT, clock.instant())));
        thread = Thread.ofPlatform().name("consumer-lag").daemon().unstarted(this::run);
    }

    /** Watches the groups of a deployment. */
    public static ConsumerLag watch(KafkaConnection kafka, Topics topics, MeterRegistry meters) {
        List<Consumed> consumed =
                List.of(
                        new Consumed(
                                kafka.names().parserApplication(), kafka.names().fileChanges()),
                        new Consumed(kafka.names().storeApplication(), kafka.names().documents()));
        Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        Admin admin = Admin.create(settings);
        ConsumerLag lag =
                new ConsumerLag(admin, consumed, topics.partitions(), InstantSource.system());
        lag.register(meters);
        lag.thread.start();
        return lag;
    }

    private void register(MeterRegistry meters) {
        boards.forEach(
                (consumed, board) -> {
                    Gauge.builder(
                                    "tide_scope_ast_consumer_lag_age_seconds",
                                    () -> board.age(clock.instant()).toMillis() / MILLIS)
                            .description("Seconds since it was last found out how far a group is")
                            .tag("group", consumed.group())
                            .register(meters);
                    partitions(consumed.topic())
                            .forEach(partition -> register(consumed, partition, board, meters));
                });
    }

    private void register(
            Consumed consumed, TopicPartition partition, LagBoard board, MeterRegistry meters) {
        Tags tags =
                Tags.of(
                        "group",
                        consumed.group(),
                        "topic",
                        consumed.topic(),
                        "partition",
                        Integer.toString(partition.partition()));
        Gauge.builder(
                        "tide_scope_ast_consumer_lag_records",
                        () -> number(board, partition, PartitionLag::records))
                .description("Offsets that a group has not read yet")
                .tags(tags)
                .register(meters);
        Gauge.builder(
                        "tide_scope_ast_consumer_lag_seconds",
                        () -> number(board, partition, lag -> lag.waiting().toMillis() / MILLIS))
                .description("Seconds that the first record has waited that a group has not read")
                .tags(tags)
                .register(meters);
    }

    private double number(
            LagBoard board, TopicPartition partition, ToDoubleFunction<PartitionLag> part) {
        PartitionLag lag = board.lag(partition, clock.instant());
        return lag == null ? Double.NaN : part.applyAsDouble(lag);
    }

    private List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    @Override
    public List<ConsumerPartition> lag() {
        Instant now = clock.instant();
        return boards.entrySet().stream()
                .flatMap(
                        each ->
                                partitions(each.getKey().topic()).stream()
                                        .map(
                                                partition ->
                                                        lag(
                                                                each.getKey(),
                                                                partition,
                                                                each.getValue()
                                                                        .lag(partition, now))))
                .sorted(
                        Comparator.comparing(ConsumerPartition::group)
                                .thenComparing(ConsumerPartition::topic)
                                .thenComparing(ConsumerPartition::partition))
                .toList();
    }

    private static ConsumerPartition lag(
            Consumed consumed, TopicPartition partition, @Nullable PartitionLag lag) {
        return new ConsumerPartition(
                consumed.group(),
                consumed.topic(),
                partition.partition(),
                lag == null ? null : lag.records(),
                lag == null ? null : lag.waiting().toMillis() / MILLIS);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                attempt();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One topic that cannot be asked about does not keep the other from being. */
    private void attempt() throws InterruptedException {
        boolean failed = false;
        for (Map.Entry<Consumed, LagBoard> each : boards.entrySet()) {
            Consumed consumed = each.getKey();
            try {
                Map<TopicPartition, Long> ends = ends(consumed.topic());
                each.getValue().looked(ends, committed(consumed.group()), clock.instant());
            } catch (ExecutionException | RuntimeException e) {
                failed = true;
                if (!failing && !closed) {
                    log.atWarn()
                            .addKeyValue("group", consumed.group())
                            .setCause(e)
                            .log("How far consumers are behind cannot be found out");
                }
            }
        }
        failing = failed;
    }

    /** Where readers of committed records come to an end. */
    private Map<TopicPartition, Long> ends(String topic)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions(topic).forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, found) -> ends.put(partition, found.offset()));
        return ends;
    }

    private Map<TopicPartition, Long> committed(String group)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(group)
                .get()
                .forEach(
                        (partition, offset) -> {
                            if (offset != null) {
                                committed.put(partition, offset.offset());
                            }
                        });
        return committed;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        admin.close(Duration.ZERO);
    }
}
