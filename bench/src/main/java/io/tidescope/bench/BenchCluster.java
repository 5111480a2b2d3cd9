package io.tidescope.bench;

import io.tidescope.app.broker.BrokerProcess;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A broker in a process of its own and a schema registry in this one, shared by deployments with a
 * prefix each: what a role that runs here takes of the processor is not mixed with the broker's.
 */
public final class BenchCluster implements AutoCloseable {
    private final Path data;
    private final BrokerProcess broker;
    private final KafkaConnection connection;
    private final EmbeddedRegistry registry;

    /**
     * @param directory there and empty
     */
    public BenchCluster(Path directory) throws InterruptedException {
        data = directory.resolve("broker");
        broker =
                new BrokerProcess(
                        java(), data, directory, 1, () -> System.err.println("the broker is lost"));
        connection = broker.start();
        registry =
                EmbeddedRegistry.start(
                        connection,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Replication.BROKERS_DEFAULT);
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                "io.tidescope.app.Main");
    }

    /** To the topics and groups of a deployment. */
    public KafkaConnection connection(String prefix) {
        return new KafkaConnection(
                connection.bootstrapServers(), connection.properties(), new Namespace(prefix));
    }

    public SchemaRegistry registry() {
        return registry;
    }

    /** Bytes of the records of a topic on the broker's disk, over all partitions. */
    public long bytes(String topic) {
        // The broker makes and renames files meanwhile, which a walk that looks at each does not
        // bear.
        return Arrays.stream(data.toFile().listFiles())
                .filter(directory -> partitionOf(topic, directory.getName()))
                .map(directory -> directory.listFiles((at, name) -> name.endsWith(".log")))
                .flatMap(Arrays::stream)
                .mapToLong(File::length)
                .sum();
    }

    private static boolean partitionOf(String topic, String directory) {
        return directory.startsWith(topic + "-")
                && directory.substring(topic.length() + 1).chars().allMatch(Character::isDigit);
    }

    /** Processor time that the broker has used. */
    public Duration processorTime() {
        return ProcessHandle.current()
                .children()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
