package io.tidescope.app.process;

import io.tidescope.testing.TestBroker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Roles of one deployment, each in a process of its own, on a broker that others may use as well.
 */
final class Deployment implements AutoCloseable {
    private final TestBroker broker;
    private final String prefix;
    private final Path directory;
    private final List<RoleUnderTest> started = new ArrayList<>();
    private String registry = "";

    /**
     * @param prefix of its topics and groups, no other one's
     * @param directory of configuration files and of what processes print
     */
    Deployment(TestBroker broker, String prefix, Path directory) {
        this.broker = broker;
        this.prefix = prefix;
        this.directory = directory;
    }

    /** Starts one, waits for it, and has roles that are started behind it use it. */
    RoleUnderTest startRegistry() throws IOException {
        RoleUnderTest role = start("registry", "");
        role.awaitReady();
        useRegistry(role.json("/status").path("address").asText());
        return role;
    }

    void useRegistry(String address) {
        registry = address;
    }

    /**
     * @param settings YAML, besides those that all have
     */
    RoleUnderTest start(String role, String settings) throws IOException {
        return start(role, settings, Map.of());
    }

    RoleUnderTest start(String role, String settings, Map<String, String> environment)
            throws IOException {
        return keep(
                RoleUnderTest.start(
                        directory,
                        role,
                        role + "-" + started.size(),
                        common() + settings,
                        environment));
    }

    /** Ends it with the others. */
    RoleUnderTest keep(RoleUnderTest role) {
        started.add(role);
        return role;
    }

    /** What all roles are configured with. */
    String common() {
        return """
        kafka: {bootstrap: "%s"}
        topics: {prefix: %s, partitions: 2}
        registry: {port: 0%s}
        """
                .formatted(
                        broker.connection().bootstrapServers(),
                        prefix,
                        registry.isEmpty() ? "" : ", url: \"" + registry + "\"");
    }

    @Override
    public void close() {
        started.forEach(RoleUnderTest::close);
    }
}
