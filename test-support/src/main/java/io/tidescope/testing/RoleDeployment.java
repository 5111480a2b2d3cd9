package io.tidescope.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Roles of one deployment, each in a process of its own, on a broker that others may use as well.
 */
public final class RoleDeployment implements AutoCloseable {
    private final TestBroker broker;
    private final String prefix;
    private final int partitions;
    private final Path directory;
    private final List<RoleProcess> started = new ArrayList<>();
    private String registry = "";

    /** One of two partitions. */
    public RoleDeployment(TestBroker broker, String prefix, Path directory) {
        this(broker, prefix, 2, directory);
    }

    /**
     * @param prefix of its topics and groups, no other one's
     * @param directory of configuration files and of what processes print
     */
    public RoleDeployment(TestBroker broker, String prefix, int partitions, Path directory) {
        this.broker = broker;
        this.prefix = prefix;
        this.partitions = partitions;
        this.directory = directory;
    }

    /** Starts one, waits for it, and has roles that are started behind it use it. */
    public RoleProcess startRegistry() throws IOException {
        RoleProcess role = start("registry", "");
        role.awaitReady();
        useRegistry(role.json("/status").path("address").asText());
        return role;
    }

    public void useRegistry(String address) {
        registry = address;
    }

    /** Starts a parser, a store and a gateway; the gateway, once it is ready. */
    public RoleProcess startIndex() throws IOException {
        RoleProcess parser = start("parser", "node: {id: parser}\n");
        RoleProcess store =
                start(
                        "store",
                        "node: {id: store}\nstore: {port: 0, directory: %s}\n"
                                .formatted(Files.createTempDirectory(directory, "store")));
        store.awaitReady();
        parser.awaitReady();
        RoleProcess gateway =
                start(
                        "gateway",
                        "gateway: {port: 0, stores: [%s]}\n"
                                .formatted(store.json("/status").path("address").asText()));
        gateway.awaitReady();
        return gateway;
    }

    /**
     * @param settings YAML, besides those that all have
     */
    public RoleProcess start(String role, String settings) throws IOException {
        return start(role, settings, Map.of());
    }

    public RoleProcess start(String role, String settings, Map<String, String> environment)
            throws IOException {
        return keep(
                RoleProcess.start(
                        directory,
                        role,
                        role + "-" + started.size(),
                        common() + settings,
                        environment));
    }

    /** Ends it with the others. */
    public RoleProcess keep(RoleProcess role) {
        started.add(role);
        return role;
    }

    /** What all roles are configured with. */
    public String common() {
        return """
        kafka: {bootstrap: "%s"}
        topics: {prefix: %s, partitions: %d}
        registry: {port: 0%s}
        """
                .formatted(
                        broker.connection().bootstrapServers(),
                        prefix,
                        partitions,
                        registry.isEmpty() ? "" : ", url: \"" + registry + "\"");
    }

    @Override
    public void close() {
        started.forEach(RoleProcess::close);
    }
}
