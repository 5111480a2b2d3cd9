package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.region.NearbyRegions.Pair;
import io.tidescope.recovery.region.NearbyRegions.Region;
import io.tidescope.schemas.RefKey;
import io.tidescope.testing.GitRepository;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first epoch of a witness that is new, or that has lost those that there were. */
@Timeout(120)
final class FirstEpochIT {
    private static NearbyRegions regions;

    @BeforeAll
    static void start() {
        regions = new NearbyRegions();
    }

    @AfterAll
    static void stop() {
        regions.close();
    }

    @TempDir private Path directory;

    @Test
    void whereNothingEverWasItIsTheFirst() throws Exception {
        Pair pair = regions.pair();

        assertThat(activate(pair, pair.east(), pair.west()).since()).isEqualTo(1);
    }

    @Test
    void itIsBehindThatOfTheNewestPublishHere() throws Exception {
        Pair pair = regions.startedPair();
        publish(pair.east(), 4_000_000_000L);

        RegionEpoch epoch = activate(pair, pair.east(), null);

        assertThat(epoch.number()).isEqualTo(1);
        assertThat(epoch.since()).isEqualTo(6);
        assertThat(epoch.firstPublish()).isEqualTo(5_000_000_000L);
    }

    @Test
    void itIsBehindThatOfTheNewestPublishOfTheOtherRegion() throws Exception {
        Pair pair = regions.startedPair();
        publish(pair.east(), 4_000_000_000L);
        publish(pair.west(), 6_000_000_000L);

        assertThat(activate(pair, pair.east(), pair.west()).since()).isEqualTo(8);
    }

    /** An epoch may have had no publish, and a mirror of it all the same. */
    @Test
    void itIsBehindThatOfTheNewestMirror() throws Exception {
        Pair pair = regions.pair();
        RegionEpoch mirrored = RegionEpoch.first("east", 9, Instant.EPOCH, "a test");
        RegionCluster west = pair.west().cluster();
        try (Admin admin = Admin.create(west.kafka().clientProperties())) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(
                                            MirrorProperties.offsetsTopic(mirrored, west),
                                            Optional.of(1),
                                            Optional.empty())))
                    .all()
                    .get();
        }

        assertThat(activate(pair, pair.east(), pair.west()).since()).isEqualTo(10);
    }

    /** It may be the region that mirrored, as far as that came. */
    @Test
    void whatIsHereInPartIsPublishedAgain() throws Exception {
        Pair pair = regions.startedPair();
        publish(pair.east(), 4_000_000_000L);
        RefKey main = new RefKey("acme/shop", "refs/heads/main");
        try (Producer<byte[], byte[]> mirror = pair.east().producer(Map.of())) {
            String states = pair.east().cluster().kafka().names().repositories();
            mirror.send(new ProducerRecord<>(states, 0, main.toBytes(), null)).get();
        }

        FailoverReport report =
                NearbyRegions.failover(pair, pair.east(), pair.west(), step -> {})
                        .run(Duration.ZERO, false);

        assertThat(report.torn()).extracting(RefAudit::ref).containsExactly(main);
        assertThat(report.epoch().since()).isEqualTo(6);
    }

    @Test
    void whatOnlyTheOtherRegionHasIsNamed() throws Exception {
        Pair pair = regions.startedPair();
        publish(pair.west(), 4_000_000_000L);

        FailoverReport report =
                NearbyRegions.failover(pair, pair.east(), pair.west(), step -> {})
                        .run(Duration.ZERO, false);

        assertThat(report.drained()).isFalse();
        assertThat(report.missing()).singleElement().asString().startsWith("acme/shop refs/heads");
    }

    private void publish(Region region, long number) {
        GitRepository shop = GitRepository.create(directory.resolve(region.cluster().name()));
        String unused = shop.write("Basket.java", "class Basket {}\n").commit("first");
        region.publishFrom(number);
        region.deployment().publish("acme/shop", shop);
    }

    private static RegionEpoch activate(Pair pair, Region own, @Nullable Region peer)
            throws InterruptedException {
        return NearbyRegions.failover(pair, own, peer, step -> {})
                .run(Duration.ZERO, false)
                .epoch();
    }
}
