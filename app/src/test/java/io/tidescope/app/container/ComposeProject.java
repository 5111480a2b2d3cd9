package io.tidescope.app.container;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@code compose.yaml} describes, started under a name and on ports of its own. */
final class ComposeProject implements AutoCloseable {
    private static final String NAME = "tidescope-it";
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final List<String> command;
    private final int gatewayPort;
    private final int prometheusPort;

    private ComposeProject(List<String> command, int gatewayPort, int prometheusPort) {
        this.command = command;
        this.gatewayPort = gatewayPort;
        this.prometheusPort = prometheusPort;
    }

    /**
     * Prepares it, and removes what a run that was killed has left.
     *
     * @param scratch where its variables are written
     * @param repository to be followed
     * @param name what the repository is called
     */
    static ComposeProject of(Path scratch, Path repository, String name) throws IOException {
        List<Integer> ports = freePorts(3);
        Path variables =
                Files.writeString(
                        scratch.resolve("compose.env"),
                        """
                        COMPOSE_PROJECT_NAME=%s
                        TIDESCOPE_IMAGE=%s
                        TIDESCOPE_REPOSITORY=%s
                        TIDESCOPE_REPOSITORY_NAME=%s
                        TIDESCOPE_PORT=%d
                        TIDESCOPE_INGEST_PORT=%d
                        PROMETHEUS_PORT=%d
                        """
                                .formatted(
                                        NAME,
                                        TideScopeImage.NAME,
                                        repository,
                                        name,
                                        ports.get(0),
                                        ports.get(1),
                                        ports.get(2)));
        List<String> command = new ArrayList<>(compose());
        command.addAll(List.of("--env-file", variables.toString()));
        ComposeProject project = new ComposeProject(command, ports.get(0), ports.get(2));
        project.close();
        return project;
    }

    /** The one that is installed, older or newer. */
    private static List<String> compose() {
        boolean newer = Docker.succeeds("docker", "compose", "version");
        Assumptions.assumeTrue(
                newer || Docker.succeeds("docker-compose", "version"),
                "neither docker compose nor docker-compose is here: install one");
        return newer ? List.of("docker", "compose") : List.of("docker-compose");
    }

    /** Runs a command of compose to its end; what it printed. */
    String run(String... arguments) {
        return end(arguments).orFail();
    }

    private Docker.Ended end(String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(Arrays.asList(arguments));
        return Docker.run(LIMIT, all);
    }

    URI gateway() {
        return URI.create("http://127.0.0.1:" + gatewayPort);
    }

    URI prometheus() {
        return URI.create("http://127.0.0.1:" + prometheusPort);
    }

    /** How its containers are, and what they have said last. */
    String describe() {
        return end("ps").output() + end("logs", "--no-color", "--tail=15").output();
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    /** Removes all of it, its data too. */
    @Override
    public void close() {
        run("down", "--volumes", "--remove-orphans", "--timeout", "10");
    }
}
