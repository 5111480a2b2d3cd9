package io.tidescope.app.standalone;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running TideScope answers, kept in its data directory for the command line and the hooks.
 *
 * @param http base of the HTTP API
 * @param pokes base of the HTTP API that takes pokes; the same when one process does everything
 * @param bootstrapServers the Kafka cluster it works on
 * @param registry the schema registry it works with
 */
public record Endpoints(URI http, URI pokes, String bootstrapServers, URI registry) {
    private static final String FILE = "endpoints";

    /** The cluster it works on, for others to use too. */
    public StandaloneSettings.Cluster cluster() {
        return new StandaloneSettings.Cluster(bootstrapServers, registry);
    }

    /** Replaces what the data directory says, all at once. */
    public void write(Path dataDirectory) throws IOException {
        Path next = dataDirectory.resolve(FILE + ".next");
        Files.writeString(
                next,
                """
                http=%s
                pokes=%s
                bootstrap=%s
                registry=%s
                """
                        .formatted(http, pokes, bootstrapServers, registry));
        Files.move(
                next,
                dataDirectory.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    public static void remove(Path dataDirectory) throws IOException {
        Files.deleteIfExists(dataDirectory.resolve(FILE));
    }

    /** What the data directory says; absent when nothing runs there. */
    public static Optional<Endpoints> find(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        return Optional.of(
                new Endpoints(
                        URI.create(values.getProperty("http", "")),
                        URI.create(values.getProperty("pokes", "")),
                        values.getProperty("bootstrap", ""),
                        URI.create(values.getProperty("registry", ""))));
    }
}
