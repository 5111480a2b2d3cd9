package io.tidescope.app.fault;

import io.tidescope.testing.fault.Target;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What is in the configuration files of a cluster's roles.
 *
 * @param topics their settings
 * @param registry where it answers
 * @param stores where gateways find them
 */
record RoleFiles(String topics, URI registry, List<String> stores) {
    /** Vanished nodes are noticed sooner than in a real network. */
    static final String PARSER = "parser: {session-timeout: 3s, threads: 2}\n";

    /** What every role is told. */
    String common(Target role, String bootstrap, int adminPort) {
        return """
        kafka: {bootstrap: "%s"}
        topics: %s
        admin: {port: %d}
        node: {id: %s}
        registry: {url: "%s", port: %d}
        """
                .formatted(bootstrap, topics, adminPort, role, registry, registry.getPort());
    }

    static String ingest(int port, Path repository) {
        return "ingest: {port: %d, poll: 200ms, repositories: [\"%s\"]}\n"
                .formatted(port, repository);
    }

    static String store(int port, String advertised, Path directory) {
        return """
        store:
          directory: "%s"
          port: %d
          advertised: "%s"
          session-timeout: 3s
          native-memory: 64MiB
        """
                .formatted(directory, port, advertised);
    }

    String gateway(int port) {
        return "gateway: {port: %d, stores: [%s]}\n"
                .formatted(port, "\"" + String.join("\", \"", stores) + "\"");
    }
}
