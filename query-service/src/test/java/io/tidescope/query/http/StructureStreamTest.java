package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHits;
import io.tidescope.testing.Eventually;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Match;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A structural search whose matches are read while it is under way. */
@Timeout(60)
class StructureStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServedSample sample = new ServedSample(Receivers.NONE, Duration.ofSeconds(90));
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void findTypes() {
        sample.store.findBy(
                (search, tree) ->
                        IntStream.range(0, tree.nodeCount())
                                .filter(node -> isType(tree.kind(node)))
                                .mapToObj(
                                        node ->
                                                new Match(
                                                        node,
                                                        tree.start(node),
                                                        tree.end(node),
                                                        new TreeMap<>()))
                                .toList());
    }

    @AfterEach
    void stop() {
        http.close();
        sample.close();
    }

    @Test
    void theFirstMatchIsThereBeforeTheSearchEnds() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        sample.store.sliceBy(
                (query, partition, slice) -> {
                    if (query.after() != null) {
                        read.await();
                    }
                    return first(query, slice);
                });

        try (JsonParser json = JSON.createParser(search())) {
            toMatches(json);
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            JsonNode first = json.readValueAsTree();
            read.countDown();
            assertThat(first.get("path").asText()).isEqualTo("Foo.java");
            int matches = 1;
            while (json.nextToken() == JsonToken.START_OBJECT) {
                json.readValueAsTree();
                matches++;
            }
            JsonNode end = rest(json);
            assertThat(end.get("count").asInt()).isEqualTo(matches).isGreaterThan(3);
            assertThat(end.get("complete").asBoolean()).isTrue();
            assertThat(json.nextToken()).isNull();
        }
    }

    @Test
    void whatFailsOnTheWayEndsAnAnswerThatCanBeRead() throws Exception {
        sample.store.sliceBy(
                (query, partition, slice) -> {
                    if (query.after() != null) {
                        throw new IllegalStateException("a secret");
                    }
                    return first(query, slice);
                });

        JsonNode answer = JSON.readTree(search());

        assertThat(answer.get("matches")).isNotEmpty();
        assertThat(answer.get("complete").asBoolean()).isFalse();
        assertThat(answer.get("reason").asText()).contains("its log has the reason");
        assertThat(answer.get("nextCursor").isTextual()).isTrue();
        assertThat(answer.toString()).doesNotContain("secret");
        // It is counted once the answer is on its way.
        Eventually.until(
                Duration.ofSeconds(20),
                "the failure is counted",
                () ->
                        sample.meters
                                        .get("tide_scope_ast_errors")
                                        .tags("error_type", "internal", "severity", "error")
                                        .counter()
                                        .count()
                                == 1);
    }

    @Test
    void aClientThatHangsUpEndsTheSearch() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        sample.store.sliceBy(
                (query, partition, slice) -> {
                    if (query.after() != null) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }
                    return first(query, slice);
                });

        try (JsonParser json = JSON.createParser(search())) {
            toMatches(json);
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
        }

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private InputStream search() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d%s/search/structural"
                                                .formatted(sample.api.port(), HttpApi.ROOT)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"pattern\": \"x\", \"ref\": \"*\"}"))
                        .build();
        return http.send(request, BodyHandlers.ofInputStream()).body();
    }

    private static void toMatches(JsonParser json) throws Exception {
        while (json.nextToken() != JsonToken.START_ARRAY) {
            assertThat(json.currentToken()).isNotNull();
        }
    }

    /** The fields behind the matches. */
    private static JsonNode rest(JsonParser json) throws Exception {
        var rest = JSON.createObjectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            rest.set(name, json.readValueAsTree());
        }
        return rest;
    }

    private static boolean isType(NodeKind kind) {
        return kind == NodeKind.CLASS_OR_INTERFACE_DECLARATION || kind == NodeKind.ENUM_DECLARATION;
    }

    /** A slice of the first finding only. */
    private static StructureHits first(SearchStructure query, StructureHits slice) {
        if (slice.found().size() <= 1) {
            return slice;
        }
        List<StructureFinding> found = slice.found().subList(0, 1);
        return new StructureHits(found, false, found.getLast().place(), slice.effort());
    }
}
