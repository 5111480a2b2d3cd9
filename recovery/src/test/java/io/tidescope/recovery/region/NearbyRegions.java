package io.tidescope.recovery.region;

import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.region.RegionEpoch.Phase;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Regions that differ by their prefixes and in nothing else: one broker and one registry are enough
 * for what asks where the logs of two regions stand.
 */
final class NearbyRegions implements AutoCloseable {
    private final TestBroker broker = TestBroker.start();
    private final EmbeddedRegistry registry =
            EmbeddedRegistry.start(
                    broker.connection(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Replication.BROKERS_DEFAULT);
    private int begun;

    /** Two regions and what they ask. */
    record Pair(RegionWitness witness, Region east, Region west) {
        /** Has the witness say that a region publishes. */
        RegionEpoch activate(Region region, long since) {
            RegionEpoch epoch =
                    new RegionEpoch(
                            1,
                            region.cluster().name(),
                            since,
                            Phase.ACTIVE,
                            null,
                            Instant.EPOCH,
                            "a test");
            if (!witness.begin(epoch)) {
                throw new IllegalStateException("there is an epoch");
            }
            return epoch;
        }
    }

    /** A region whose publishes are at least of the numbers that it is told. */
    static final class Region {
        private final RegionCluster cluster;
        private final TestDeployment deployment;
        private long least;

        private Region(String name, String prefix, TestBroker broker, EmbeddedRegistry registry) {
            deployment = new TestDeployment(broker, prefix, registry, () -> least);
            cluster =
                    new RegionCluster(
                            name, deployment.kafka(), deployment.topics(), registry.uri());
        }

        RegionCluster cluster() {
            return cluster;
        }

        TestDeployment deployment() {
            return deployment;
        }

        void publishFrom(long number) {
            least = number;
        }

        String log() {
            return deployment.kafka().names().fileChanges();
        }

        KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
            Map<String, Object> properties = deployment.kafka().clientProperties();
            properties.putAll(settings);
            return new KafkaProducer<>(
                    properties, new ByteArraySerializer(), new ByteArraySerializer());
        }
    }

    /** A pair that nobody else uses; its topics are not there yet. */
    Pair pair() {
        begun++;
        return new Pair(
                new RegionWitness(new MemoryObjects(InstantSource.system())),
                new Region("east", "east%d.".formatted(begun), broker, registry),
                new Region("west", "west%d.".formatted(begun), broker, registry));
    }

    /** The same with topics. */
    Pair startedPair() {
        Pair pair = pair();
        TestDeployment unused = pair.east().deployment().withTopics();
        TestDeployment unusedToo = pair.west().deployment().withTopics();
        return pair;
    }

    static Failover failover(Pair pair, Region own, @Nullable Region peer, Consumer<String> says) {
        return new Failover(
                pair.witness(),
                own.cluster(),
                peer == null ? null : peer.cluster(),
                Duration.ofMillis(200),
                InstantSource.system(),
                "a test",
                says);
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
