package io.tidescope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A region: a broker, a registry and whatever roles are started in it, each in a process of its
 * own. The other one follows the same repositories.
 */
public final class TestRegion implements AutoCloseable {
    private final String name;
    private final Path directory;
    private final Path witness;
    private final Duration lease;
    private final TestBroker broker = TestBroker.start();
    private final RoleDeployment roles;
    private final String registry;

    /**
     * @param directory not there yet
     * @param witness the directory that is both regions' witness
     * @param prefix of the deployment's topics, as in the other region
     * @param partitions as in the other region
     * @param lease as in the other region, in whole seconds
     */
    public TestRegion(
            String name,
            Path directory,
            Path witness,
            String prefix,
            int partitions,
            Duration lease) {
        this.name = name;
        this.directory = directory;
        this.witness = witness;
        this.lease = lease;
        try {
            Files.createDirectory(directory);
            roles = new RoleDeployment(broker, prefix, partitions, directory);
            registry = roles.startRegistry().json("/status").path("address").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestBroker broker() {
        return broker;
    }

    public RoleDeployment roles() {
        return roles;
    }

    /** Ingest that publishes while its region does; waits until it is ready. */
    public RoleProcess startIngest(GitRepository repository) throws IOException {
        RoleProcess ingest =
                roles.start(
                        "ingest",
                        "region: {name: %s, witness: %s, lease: %ds}\n"
                                        .formatted(name, witness, lease.toSeconds())
                                + "ingest: {port: 0, poll: 100ms, repositories: [%s]}\n"
                                        .formatted(repository.directory()));
        ingest.awaitReady();
        return ingest;
    }

    /** A parser, a store and a gateway; the gateway, once it is ready. */
    public RoleProcess startIndex() throws IOException {
        return roles.startIndex();
    }

    /** Has {@code tidescope region mirror} run here, for as long as it is not closed. */
    public MirrorProcess startMirror(TestRegion peer) throws IOException {
        return MirrorProcess.start(configuration(peer), directory.resolve("mirror.out"));
    }

    /**
     * Runs a command of {@code tidescope region} here.
     *
     * @return its exit code and, from the next line on, what it printed
     */
    public String run(TestRegion peer, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("region", command));
        try {
            all.addAll(List.of("--config", configuration(peer).toString()));
            all.addAll(List.of(arguments));
            return RoleProcess.run(directory, all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that commands about both regions are given here. */
    private Path configuration(TestRegion peer) throws IOException {
        Path kafka =
                Files.writeString(
                        directory.resolve("peer.properties"),
                        "bootstrap.servers = %s\n"
                                .formatted(peer.broker.connection().bootstrapServers()));
        return Files.writeString(
                directory.resolve("region.yaml"),
                roles.common()
                        + """
                        region:
                          name: %s
                          witness: %s
                          lease: %ds
                          peer: {name: %s, kafka: %s, registry: "%s"}
                        """
                                .formatted(
                                        name,
                                        witness,
                                        lease.toSeconds(),
                                        peer.name,
                                        kafka,
                                        peer.registry));
    }

    /** Kills all of it. */
    @Override
    public void close() {
        roles.close();
        broker.close();
    }
}
