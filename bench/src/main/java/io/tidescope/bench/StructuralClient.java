package io.tidescope.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;

/** Asks for all matches of a pattern over HTTP, on one connection. */
public final class StructuralClient implements AutoCloseable {
    private static final int PAGE = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PATH = "/api/v1/search/structural";

    private final HttpConnection connection;

    public StructuralClient(URI server) throws IOException {
        connection = new HttpConnection(server);
    }

    /**
     * All matches, read to the last byte.
     *
     * @param nanos from asking for the first page to having read the last
     */
    public record Answer(long matches, long nanos) {}

    /** What part of a repository's documents the index says may have a match; 1 without a name. */
    public double candidates(String pattern, String repository) throws IOException {
        ObjectNode question =
                question(pattern, repository).put("countOnly", true).put("explain", true);
        connection.ask(request(question));
        JsonNode plan = JSON.readTree(connection.body()).path("plan");
        return plan.path("lookup").asText().equals("*")
                ? 1
                : plan.path("candidates").asDouble() / plan.path("documents").asDouble();
    }

    /**
     * @throws IllegalStateException when an answer is not complete
     */
    public Answer all(String pattern, String repository) throws IOException {
        ObjectNode question = question(pattern, repository).put("limit", PAGE);
        long matches = 0;
        long nanos = 0;
        while (true) {
            byte[] request = request(question);
            long start = System.nanoTime();
            connection.ask(request);
            nanos += System.nanoTime() - start;
            JsonNode page = JSON.readTree(connection.body());
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

    private byte[] request(ObjectNode question) throws IOException {
        return connection.post(PATH, JSON.writeValueAsBytes(question));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
