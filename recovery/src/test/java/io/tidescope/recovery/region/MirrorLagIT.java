package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.region.NearbyRegions.Pair;
import io.tidescope.recovery.region.NearbyRegions.Region;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far a mirror is behind, by what MirrorMaker writes down and what the source's log has. */
@Timeout(120)
final class MirrorLagIT {
    /** More than what one poll gives. */
    private static final int MANY = 2_000;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static NearbyRegions regions;

    @BeforeAll
    static void start() {
        regions = new NearbyRegions();
    }

    @AfterAll
    static void stop() {
        regions.close();
    }

    @Test
    void whatIsHiddenBehindAnOpenTransactionCountsAsNotMirrored() throws Exception {
        Pair pair = regions.startedPair();
        RegionEpoch epoch = pair.activate(pair.east(), 1);
        write(pair.east(), 1);
        copied(epoch, pair, 0);
        assertThat(lag(epoch, pair).isCaughtUp()).isTrue();

        try (KafkaProducer<byte[], byte[]> open =
                pair.east().producer(Map.of("transactional.id", "a publisher"))) {
            open.initTransactions();
            open.beginTransaction();
            open.send(new ProducerRecord<>(pair.east().log(), 0, null, new byte[1])).get();
            write(pair.east(), 1);
            MirrorLag hidden = lag(epoch, pair);
            assertThat(hidden.records()).isZero();
            assertThat(hidden.open()).isTrue();
            assertThat(hidden.isCaughtUp()).isFalse();
            assertThat(hidden.describe()).contains("cannot be read yet");

            open.abortTransaction();
        }
        Eventually.until(LIMIT, "it has ended", () -> !lag(epoch, pair).open());
        MirrorLag behind = lag(epoch, pair);
        assertThat(behind.records()).isEqualTo(1);
        assertThat(behind.isCaughtUp()).isFalse();
    }

    @Test
    void whetherAMirrorIsBehindIsKnownWithoutCountingAll() throws Exception {
        Pair pair = regions.startedPair();
        RegionEpoch epoch = pair.activate(pair.east(), 1);
        write(pair.east(), MANY);
        copied(epoch, pair, 9);

        MirrorLag all = lag(epoch, pair);
        assertThat(all.records()).isEqualTo(MANY - 10);
        assertThat(all.counted()).isTrue();
        assertThat(all.describe()).startsWith("1990 records");

        MirrorLag some = lag(epoch, pair, Duration.ZERO);
        assertThat(some.isCaughtUp()).isFalse();
        assertThat(some.records()).isBetween(1L, MANY - 11L);
        assertThat(some.counted()).isFalse();
        assertThat(some.describe()).startsWith("at least " + some.records());

        copied(epoch, pair, MANY - 1);
        MirrorLag none = lag(epoch, pair, Duration.ZERO);
        assertThat(none.isCaughtUp()).isTrue();
        assertThat(none.counted()).isTrue();
    }

    @Test
    void aSwitchDoesNotReadAllThatTheMirrorIsBehindBeforeItsLimit() throws Exception {
        Pair pair = regions.startedPair();
        RegionEpoch unused = pair.activate(pair.east(), 1);
        write(pair.east(), MANY);
        List<String> said = new ArrayList<>();

        FailoverReport report =
                NearbyRegions.failover(pair, pair.west(), pair.east(), said::add)
                        .run(Duration.ZERO, false);

        assertThat(report.epoch().source()).isEqualTo("west");
        assertThat(report.drained()).isFalse();
        assertThat(said).anyMatch(step -> step.contains("has not begun, and at least "));
    }

    private static MirrorLag lag(RegionEpoch epoch, Pair pair) {
        return MirrorLag.of(epoch, pair.east().cluster(), pair.west().cluster());
    }

    private static MirrorLag lag(RegionEpoch epoch, Pair pair, Duration counting) {
        return MirrorLag.of(epoch, pair.east().cluster(), pair.west().cluster(), counting);
    }

    private static void write(Region region, int records) {
        try (Producer<byte[], byte[]> producer = region.producer(Map.of())) {
            for (int i = 0; i < records; i++) {
                var unused =
                        producer.send(new ProducerRecord<>(region.log(), 0, null, new byte[1]));
            }
        }
    }

    /** Writes down, as MirrorMaker does, the last record of the first partition that it has. */
    private static void copied(RegionEpoch epoch, Pair pair, long offset) throws Exception {
        String topic = MirrorProperties.offsetsTopic(epoch, pair.west().cluster());
        try (Admin admin = Admin.create(pair.west().cluster().kafka().clientProperties())) {
            if (!admin.listTopics().names().get().contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                        .all()
                        .get();
            }
        }
        String key =
                "[\"MirrorSourceConnector\",{\"cluster\":\"%s\",\"partition\":0,\"topic\":\"%s\"}]"
                        .formatted(MirrorProperties.alias(epoch), pair.east().log());
        try (Producer<byte[], byte[]> producer = pair.west().producer(Map.of())) {
            producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    key.getBytes(StandardCharsets.UTF_8),
                                    "{\"offset\":%d}"
                                            .formatted(offset)
                                            .getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
