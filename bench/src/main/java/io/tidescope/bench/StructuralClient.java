package io.tidescope.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks for all matches of a pattern over HTTP, on one connection. */
public final class StructuralClient implements AutoCloseable {
    private static final int PAGE = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    public StructuralClient(URI server) {
        address = server.resolve("/api/v1/search/structural");
    }

    /**
     * All matches, read to the last byte.
     *
     * @param nanos from asking for the first page to having read the last
     */
    public record Answer(long matches, long nanos) {}

    /** What part of a repository's documents the index says may have a match; 1 without a name. */
    public double candidates(String pattern, String repository)
            throws IOException, InterruptedException {
        ObjectNode question =
                question(pattern, repository).put("countOnly", true).put("explain", true);
        JsonNode plan = JSON.readTree(ask(question)).path("plan");
        return plan.path("lookup").asText().equals("*")
                ? 1
                : plan.path("candidates").asDouble() / plan.path("documents").asDouble();
    }

    /**
     * @throws IllegalStateException when an answer is not complete
     */
    public Answer all(String pattern, String repository) throws IOException, InterruptedException {
        ObjectNode question = question(pattern, repository).put("limit", PAGE);
        long matches = 0;
        long nanos = 0;
        while (true) {
            long start = System.nanoTime();
            byte[] body = ask(question);
            nanos += System.nanoTime() - start;
            JsonNode page = JSON.readTree(body);
            if (!page.path("complete").asBoolean()) {
                throw new IllegalStateException(pattern + ": " + page);
            }
            matches += page.path("count").asLong();
            if (page.path("nextCursor").isNull()) {
                return new Answer(matches, nanos);
            }
            question.set("cursor", page.path("nextCursor"));
        }
    }

    private static ObjectNode question(String pattern, String repository) {
        return JSON.createObjectNode().put("pattern", pattern).put("repository", repository);
    }

    private byte[] ask(ObjectNode question) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
                        .build();
        return client.send(request, BodyHandlers.ofByteArray()).body();
    }

    @Override
    public void close() {
        client.close();
    }
}
