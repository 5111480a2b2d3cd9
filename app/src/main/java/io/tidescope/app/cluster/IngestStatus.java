package io.tidescope.app.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.app.config.Address;
import io.tidescope.app.role.Publishing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Asks an ingest process how far publishing has come. */
final class IngestStatus implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final HttpRequest request;
    private volatile Publishing last = new Publishing(0, false, Map.of());

    /**
     * @param admin where it serves its status
     */
    IngestStatus(Address admin) {
        request =
                HttpRequest.newBuilder(URI.create("http://" + admin + "/status"))
                        .timeout(TIMEOUT)
                        .build();
    }

    /** What it says; what it said last while it does not answer, such as when it starts again. */
    Publishing read() {
        try {
            JsonNode status = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
            Map<String, String> problems = new HashMap<>();
            status.path("problems")
                    .properties()
                    .forEach(
                            problem -> problems.put(problem.getKey(), problem.getValue().asText()));
            last =
                    new Publishing(
                            status.path("changes").asLong(),
                            status.path("settled").asBoolean(),
                            problems);
        } catch (IOException e) {
            last = new Publishing(last.changes(), false, last.problems());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
