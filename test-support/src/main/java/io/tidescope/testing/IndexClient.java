package io.tidescope.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads an index over its HTTP API, whole lists at a time, and refuses partial answers. Safe for
 * concurrent use.
 */
public final class IndexClient {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
    private static final int PAGE = 1_000;

    /** Of answers that say that there is none now; 500 is not among them, for it is a defect. */
    private static final Set<Integer> NONE_NOW = Set.of(429, 503, 504);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;

    /** Parameters of every question. */
    private final Map<String, String> always;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public IndexClient(URI server) {
        this(server, Map.of());
    }

    private IndexClient(URI server, Map<String, String> always) {
        this.server = server;
        this.always = always;
    }

    /** One that is answered by active nodes alone: standbys may be behind, and say so. */
    public IndexClient strong() {
        return new IndexClient(server, Map.of("consistency", "strong"));
    }

    /** Waits until a revision is indexed in every partition. */
    public void awaitIndexed(String repository, String commit, Duration limit) {
        Eventually.until(
                limit,
                repository + " at " + commit + " is indexed",
                () -> isIndexed(repository, commit),
                this::describe);
    }

    private String describe() {
        try {
            return "the repositories are " + ask("/repositories", Map.of()).json();
        } catch (UncheckedIOException e) {
            return "it does not answer: " + e;
        }
    }

    /** Whether a revision is indexed; false also while the service does not answer. */
    public boolean isIndexed(String repository, String commit) {
        try {
            Response response =
                    ask("/revisions", Map.of("repository", repository, "revision", commit));
            return response.status() == 200
                    && response.json().path("state").asText().equals("indexed");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Asks for one answer, which must be a success.
     *
     * @throws NotAnswered when the service says that there can be none now
     */
    public JsonNode read(String path, Map<String, String> parameters) {
        Response response = ask(path, parameters).answered();
        if (response.status() != 200) {
            throw new AssertionError(path + " " + parameters + " gave " + response);
        }
        return response.json();
    }

    /**
     * Reads a list to its end, page after page.
     *
     * @throws NotAnswered when a part of it is missing
     */
    public List<JsonNode> list(String path, Map<String, String> parameters) {
        List<JsonNode> items = new ArrayList<>();
        Map<String, String> request = new LinkedHashMap<>(parameters);
        request.put("limit", Integer.toString(PAGE));
        while (true) {
            JsonNode page = read(path, request);
            if (!page.path("complete").asBoolean()) {
                throw new NotAnswered(path + " " + parameters + " is incomplete: " + page);
            }
            page.path("items").forEach(items::add);
            String cursor = page.path("nextCursor").textValue();
            if (cursor == null) {
                return items;
            }
            request.put("cursor", cursor);
        }
    }

    /** Asks once, whatever the answer is. */
    public Response ask(String path, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(always);
        all.putAll(parameters);
        String query =
                all.entrySet().stream()
                        .map(p -> p.getKey() + "=" + encode(p.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve("/api/v1" + path + query))
                        .timeout(REQUEST_LIMIT)
                        .build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Response(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + request.uri(), e);
        }
    }

    /** How the API writes a constant. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * An answer.
     *
     * @param status HTTP status
     */
    public record Response(int status, JsonNode json) {
        /**
         * This one, if it is an answer.
         *
         * @throws NotAnswered when the service says that there can be none now
         */
        Response answered() {
            if (NONE_NOW.contains(status)) {
                throw new NotAnswered(toString());
            }
            return this;
        }
    }

    /** There was no answer, or not all of it; nothing is wrong with what there was. */
    public static final class NotAnswered extends AssertionError {
        private static final long serialVersionUID = 1;

        private NotAnswered(String message) {
            super(message);
        }
    }
}
