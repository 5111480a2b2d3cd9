package io.tidescope.recovery.region;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What mirrors a region, in a process of its own, as in production: one that can be killed. */
final class MirrorProcess implements AutoCloseable {
    private final Process process;

    private MirrorProcess(Process process) {
        this.process = process;
    }

    static MirrorProcess start(
            Path witness, Duration lease, RegionCluster own, RegionCluster peer, Path output) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MirrorProcess.class.getName(),
                                witness.toString(),
                                lease.toString()));
        command.addAll(arguments(own));
        command.addAll(arguments(peer));
        try {
            return new MirrorProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> arguments(RegionCluster cluster) {
        return List.of(
                cluster.name(),
                cluster.kafka().bootstrapServers(),
                cluster.kafka().names().prefix(),
                Integer.toString(cluster.topics().partitions()),
                cluster.registry().toString());
    }

    private static RegionCluster cluster(List<String> arguments) {
        Namespace names = new Namespace(arguments.get(2));
        return new RegionCluster(
                arguments.get(0),
                new KafkaConnection(arguments.get(1), Map.of(), names),
                new Topics(names, Integer.parseInt(arguments.get(3)), Replication.BROKERS_DEFAULT),
                URI.create(arguments.get(4)));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As with {@code kill -9}. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public static void main(String... arguments) throws Exception {
        List<String> all = List.of(arguments);
        RegionCluster own = cluster(all.subList(2, 7));
        RegionCluster peer = cluster(all.subList(7, 12));
        try (ObjectStore store =
                        ObjectStores.directory(Path.of(all.get(0)), InstantSource.system());
                RegionLease lease =
                        RegionLease.start(
                                new RegionWitness(store), own.name(), Duration.parse(all.get(1)))) {
            System.out.println("ended: " + new RegionMirror(lease, own, peer).run(() -> false));
        } catch (Throwable e) {
            System.out.println("failed: " + e);
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(75);
        }
    }
}
