package io.tidescope.recovery.restore;

import io.tidescope.parser.stream.ParserNode;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Disasters drawn by a seed, over real brokers, publishers and parsers: pushes that are cut off,
 * archivers that are killed, die at a write or are two, clocks that are wrong, brokers that restart
 * or lose their disks, documents that are compacted away while they are read, objects that are lost
 * or damaged, restores that are stopped or killed.
 *
 * <p>Each ends in one of two ways: what is restored is what git had at the moment that was
 * promised, or it is refused and the refusal names the damage. {@code -Dscenarios=N} asks for so
 * many, {@code -Dseed=S} for those from a seed on; a table tells how they ended. A seed draws what
 * happens; how far a process had come when it is killed is up to the machine.
 */
class DisasterIT {
    private static final String LIVE = "live.";
    private static final Tally tally = new Tally();

    private static TestBroker broker;
    private static EmbeddedRegistry registry;
    private static Cluster cluster;
    private static TestDeployment live;
    private static ParserNode parser;
    private static List<byte[]> sources;

    @TempDir private static Path directory;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start();
        registry =
                EmbeddedRegistry.start(
                        broker.connection(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Replication.BROKERS_DEFAULT);
        cluster = new Cluster(broker.connection(), registry, registry.uri());
        CompactionRace.hurry(cluster);
        live = cluster.deployment(LIVE).withTopics();
        parser = live.startParser();
        sources = List.copyOf(Corpus.open().releases("gson", 1).getFirst().files().values());
    }

    @AfterAll
    static void stop() {
        System.out.println(tally);
        parser.close();
        registry.close();
        broker.close();
    }

    @TestFactory
    Stream<DynamicTest> whatIsRestoredIsWhatWasPromisedOrTheDamageIsNamed() {
        long first = Long.getLong("seed", 1);
        return LongStream.range(0, Integer.getInteger("scenarios", 3))
                .map(number -> first + number)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
    }

    private static void run(long seed) throws Exception {
        Path own = Files.createDirectory(directory.resolve(Long.toUnsignedString(seed)));
        try (Scene scene = new Scene(seed, broker, cluster, own, sources)) {
            Kind kind = Kind.of(seed);
            try {
                Outcome outcome = disaster(kind, scene).run();
                tally.add(kind, scene.told, outcome);
                System.out.printf("%s: %s, %s %s%n", scene.name, kind, outcome, scene.told);
            } catch (Exception | AssertionError e) {
                tally.add(kind, scene.told, Outcome.VIOLATED);
                throw new AssertionError(scene.name + " after " + scene.told, e);
            }
        }
    }

    private static Disaster disaster(Kind kind, Scene scene) {
        return switch (kind) {
            case MIXED -> new MixedDisaster(scene, live);
            case DISKS_LOST -> new DisksLost(scene);
            case COMPACTION_RACE -> new CompactionRace(scene);
        };
    }
}
