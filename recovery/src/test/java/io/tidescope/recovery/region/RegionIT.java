package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.ingest.PublishLimits;
import io.tidescope.ingest.PublishListener;
import io.tidescope.ingest.PublishedRef;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Two regions with a broker and a registry each, and MirrorMaker 2 between them in a process of its
 * own: one is lost in the middle of a push, the other takes over, and gives back.
 */
class RegionIT {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String SHOP = "acme/shop";
    private static final PublishLimits SMALL_BATCHES =
            new PublishLimits(4, 1 << 20, 1 << 20, 16 << 20);

    @TempDir private Path directory;

    private ObjectStore store;
    private RegionWitness witness;
    private Region east;
    private Region west;
    private GitRepository shop;
    private List<byte[]> sources;
    private Random random = new Random(1);

    /** A region; its registry's ids are not those of another one. */
    private final class Region implements AutoCloseable {
        private final String name;
        private final TestBroker broker = TestBroker.start();
        private final EmbeddedRegistry registry;
        private final RegionLease lease;
        private final TestDeployment deployment;
        private @Nullable ParserNode parser;

        Region(String name, int schemasBefore) {
            this.name = name;
            registry =
                    EmbeddedRegistry.start(
                            broker.connection(),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            Replication.BROKERS_DEFAULT);
            for (int i = 0; i < schemasBefore; i++) {
                registry.register("other-" + i, SchemaBuilder.fixed("Other" + i).size(1 + i));
            }
            lease = RegionLease.start(witness, name, LEASE);
            deployment =
                    new TestDeployment(broker, "acme.", registry, lease::requireActive)
                            .withTopics();
        }

        RegionCluster cluster() {
            return new RegionCluster(name, deployment.kafka(), deployment.topics(), registry.uri());
        }

        void startParser() {
            parser = deployment.startParser();
        }

        void stopParser() {
            ParserNode running = parser;
            if (running != null) {
                parser = null;
                running.close();
            }
        }

        Failover failover(@Nullable Region peer) {
            return new Failover(
                    witness,
                    cluster(),
                    peer == null ? null : peer.cluster(),
                    LEASE,
                    InstantSource.system(),
                    "a test",
                    said::add);
        }

        /** Publishes at the next look, as ingest does: it may not have heard of an epoch yet. */
        void publish() {
            Eventually.until(
                    LIMIT,
                    name + " publishes",
                    () -> {
                        try {
                            deployment.publish(SHOP, shop);
                            return true;
                        } catch (TideScopeException e) {
                            assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
                            return false;
                        }
                    });
        }

        void awaitIndex(String commit) {
            Eventually.until(
                    LIMIT,
                    "the index of %s is that of %s".formatted(name, commit),
                    () -> deployment.documents().equals(TestDeployment.oracle(SHOP, shop, commit)),
                    () -> said + " " + deployment.documents().keySet());
        }

        @Override
        public void close() {
            stopParser();
            lease.close();
            registry.close();
            broker.close();
        }
    }

    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        Path objects = Files.createDirectory(directory.resolve("witness"));
        store = ObjectStores.directory(objects, InstantSource.system());
        witness = new RegionWitness(store);
        east = new Region("east", 0);
        west = new Region("west", 3);
        shop = GitRepository.create(directory.resolve("shop"));
        sources = List.copyOf(Corpus.open().releases("gson", 1).getFirst().files().values());
    }

    @AfterEach
    void stop() {
        west.close();
        east.close();
        store.close();
    }

    private MirrorProcess mirror(Region own, Region peer) {
        return MirrorProcess.start(
                directory.resolve("witness"),
                LEASE,
                own.cluster(),
                peer.cluster(),
                directory.resolve("mirror-" + own.name + ".log"));
    }

    private String commit(int files) {
        for (int i = 0; i < files; i++) {
            byte[] source = sources.get(random.nextInt(sources.size()));
            shop.write("src/F%d.java".formatted(random.nextInt(60)), source);
        }
        return shop.commit("Change " + files);
    }

    private void awaitMirrored(Region own, Region peer) {
        Eventually.until(
                LIMIT,
                own.name + " has everything of " + peer.name,
                () ->
                        MirrorLag.of(witness.current().orElseThrow(), peer.cluster(), own.cluster())
                                .isCaughtUp(),
                () -> mirrorOutput(own));
    }

    private String mirrorOutput(Region own) {
        try {
            return Files.readString(directory.resolve("mirror-" + own.name + ".log"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    static LongStream seeds() {
        long first = Long.getLong("seed", 1);
        return LongStream.range(first, first + Integer.getInteger("regions", 1));
    }

    /** {@code -Dregions=N} asks for so many seeds, {@code -Dseed=S} for those from one on. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aRegionThatIsLostInTheMiddleOfAPushIsTakenOverFromAndGivenBackTo(long seed)
            throws Exception {
        random = new Random(seed);
        east.failover(null).run(Duration.ZERO, false);
        String first = commit(40);
        east.publish();
        west.startParser();
        try (MirrorProcess mirror = mirror(west, east)) {
            awaitMirrored(west, east);
            west.awaitIndex(first);
            assertThatThrownBy(() -> west.deployment.publish(SHOP, shop))
                    .hasMessageContaining("east publishes");

            commit(50);
            // Before, in the middle of, or behind what is mirrored of it.
            Duration life = Duration.ofMillis(random.nextInt(1_500));
            Thread killer =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        LockSupport.parkNanos(life.toNanos());
                                        mirror.close();
                                    });
            cutOffAPush();
            killer.join();
            // What was half published is in no commit any more.
            shop.git("reset", "--quiet", "--hard", first);
        }
        east.broker.stop();
        String rewritten = commit(5);

        FailoverReport report = west.failover(east).run(Duration.ofSeconds(5), false);
        assertThat(report.drained()).isFalse();
        assertThat(report.from()).isEqualTo("east");
        west.publish();
        west.awaitIndex(rewritten);

        east.broker.restart();
        assertThatThrownBy(() -> east.deployment.publish(SHOP, shop))
                .hasMessageContaining("west publishes");
        assertThat(new Reseed(witness, east.cluster(), west.cluster(), said::add).run(Set.of()))
                .isTrue();
        east.startParser();
        String second;
        try (MirrorProcess mirror = mirror(east, west)) {
            awaitMirrored(east, west);
            east.awaitIndex(rewritten);
            second = commit(10);
            west.publish();
            FailoverReport back = east.failover(west).run(Duration.ofSeconds(60), false);
            assertThat(back.drained()).as(said.toString()).isTrue();
            assertThat(back.torn()).isEmpty();
            Eventually.until(LIMIT, "the mirror has ended", () -> !mirror.isAlive());
        }
        east.awaitIndex(second);
        String third = commit(3);
        east.publish();
        east.awaitIndex(third);
        assertThatThrownBy(() -> west.deployment.publish(SHOP, shop))
                .hasMessageContaining("east publishes");
    }

    /** After some transactions of it; the mirror may have any of them, or a part of one. */
    private void cutOffAPush() {
        int at = 1 + random.nextInt(8);
        assertThatThrownBy(
                        () ->
                                east.deployment.publish(
                                        SHOP,
                                        shop,
                                        InstantSource.system(),
                                        SMALL_BATCHES,
                                        new PublishListener() {
                                            private int seen;

                                            @Override
                                            public void progressed(
                                                    String name,
                                                    String ref,
                                                    int published,
                                                    int total) {
                                                if (++seen > at) {
                                                    throw new IllegalStateException("lost");
                                                }
                                            }

                                            @Override
                                            public void published(PublishedRef ref) {}
                                        }))
                .hasMessageContaining("lost");
    }

    @Test
    void aMirrorThatCannotGoOnEnds() throws Exception {
        east.failover(null).run(Duration.ZERO, false);
        byte[] ofNoSchema = {0, 0, 0, 99, 99, 1};
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        east.deployment.kafka().clientProperties(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    east.deployment.kafka().names().fileChanges(), ofNoSchema))
                    .get();
        }
        try (MirrorProcess mirror = mirror(west, east)) {
            Eventually.until(
                    LIMIT,
                    "the mirror has ended",
                    () -> !mirror.isAlive(),
                    () -> mirrorOutput(west));
        }
        assertThat(mirrorOutput(west)).contains("ended: MirrorMaker has failed").contains("25443");
    }

    @Test
    void ofTwoFailoversAtOnceOneIsRefused() throws Exception {
        east.failover(null).run(Duration.ZERO, false);
        assertThatThrownBy(() -> east.failover(west).run(Duration.ZERO, false))
                .hasMessageContaining("publishes already");
        RegionEpoch epoch = witness.current().orElseThrow();
        assertThat(witness.begin(epoch.fenced("west", epoch.at(), "somebody else"))).isTrue();
        assertThatThrownBy(() -> west.failover(null).run(Duration.ZERO, false))
                .hasMessageContaining("Another failover is under way")
                .hasMessageContaining("somebody else")
                .hasMessageContaining("--resume");
        assertThat(west.failover(null).run(Duration.ZERO, true).epoch().source()).isEqualTo("west");
    }

    @Test
    void aFailoverThatIsGoneOnWithTwiceIsOneAndTheRegionBeforeCanTakeItBack() throws Exception {
        east.failover(null).run(Duration.ZERO, false);
        commit(3);
        east.publish();
        RegionEpoch active = witness.current().orElseThrow();
        assertThat(witness.begin(active.closed("west", active.at(), "somebody who has gone")))
                .isTrue();
        FutureTask<FailoverReport> first =
                new FutureTask<>(() -> west.failover(null).run(Duration.ZERO, true));
        Thread.ofVirtual().start(first);
        Eventually.until(
                LIMIT,
                "the first goes on",
                () -> witness.current().orElseThrow().number() == active.number() + 2);
        assertThatThrownBy(() -> east.failover(null).run(Duration.ZERO, false))
                .hasMessageContaining("take it back: --resume");
        RegionEpoch back = east.failover(null).run(Duration.ZERO, true).epoch();
        assertThat(back.source()).isEqualTo("east");
        assertThat(back.since()).isEqualTo(back.number());
        assertThatThrownBy(first::get).hasMessageContaining("Another failover has begun epoch");
        commit(2);
        east.publish();
    }
}
