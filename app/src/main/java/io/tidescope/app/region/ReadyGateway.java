package io.tidescope.app.region;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waits for a gateway that can answer. */
final class ReadyGateway {
    static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int OK = 200;

    private ReadyGateway() {}

    /**
     * Whether it is ready within the limit.
     *
     * @param gateway where it serves health
     */
    static boolean await(URI gateway, Duration limit) throws InterruptedException {
        String base = gateway.toString().replaceAll("/+$", "");
        HttpRequest ready =
                HttpRequest.newBuilder(URI.create(base + "/health/ready"))
                        .timeout(ANSWER_LIMIT)
                        .build();
        long until = System.nanoTime() + limit.toNanos();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            while (!answers(http, ready)) {
                if (System.nanoTime() - until > 0) {
                    return false;
                }
                Thread.sleep(PAUSE);
            }
            return true;
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request)
            throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
