package io.tidescope.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The client's side of a process's admin port. */
public final class AdminClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /**
     * @param base such as {@code http://127.0.0.1:9104}
     */
    public AdminClient(URI base) {
        this.base = base;
    }

    /** How each component is, also when one is not well. */
    public JsonNode health() throws InterruptedException, IOException {
        return JSON.readTree(get("/health", UNAVAILABLE));
    }

    /** Whether it is of use; not when it does not answer. */
    public boolean isReady() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(base.resolve("/health/ready"))
                                            .timeout(LIMIT)
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** In Prometheus' text format. */
    public String metrics() throws InterruptedException, IOException {
        return get("/metrics", OK);
    }

    private String get(String path, int allowed) throws InterruptedException, IOException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK && response.statusCode() != allowed) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "%s answered with status %d; is that an admin port?"
                            .formatted(base.resolve(path), response.statusCode()));
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
