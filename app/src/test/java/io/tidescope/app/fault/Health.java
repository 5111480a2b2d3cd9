package io.tidescope.app.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What a role says of itself.
 *
 * @param port where it says so
 */
record Health(int port) {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Why it is not ready; empty when it is. */
    String notReady() {
        try {
            HttpResponse<String> response = get("/health/ready");
            return response.statusCode() == 200 ? "" : response.body();
        } catch (IOException e) {
            return "does not answer: " + e;
        }
    }

    /** Whether it answers at all. */
    boolean isLive() {
        try {
            return get("/health/live").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(LIMIT)
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
