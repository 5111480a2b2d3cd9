package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.region.NearbyRegions.Pair;
import io.tidescope.recovery.region.NearbyRegions.Region;
import io.tidescope.testing.GitRepository;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
