package io.tidescope.query.http;

import static io.tidescope.query.SampleIndex.REPOSITORY;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.store.query.Standing;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Base64;

/** What troubleshooting answers, over a real connection. */
@Timeout(60)
class AdminEndpointsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SLOW_MILLIS = 20;

    private final AdminSample admin = new AdminSample();
    private final ServedSample sample = admin.sample;
    private final ApiClient client = sample.client;

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void queriesBecomePatternsWithoutWhatTheyLookFor() throws Exception {
        client.ask("/symbols", "q", "Foo", "match", "prefix");
        client.ask("/symbols", "q", "Bar", "match", "prefix");
        client.ask("/documents", "repository", REPOSITORY);

        JsonNode patterns = awaitItems("query-patterns", 2);

        assertThat(patterns.at("/0/endpoint").asText()).isEqualTo("symbols");
        assertThat(patterns.at("/0/parameters/1").asText()).isEqualTo("q");
        assertThat(patterns.at("/0/match").asText()).isEqualTo("prefix");
        assertThat(patterns.at("/0/count").asInt()).isEqualTo(2);
        assertThat(patterns.toString()).doesNotContain("Foo");
    }

    @Test
    void troubleshootingItselfIsNoPattern() throws Exception {
        client.ask("/admin/slow-queries");
        client.ask("/symbols", "q", "Foo");

        assertThat(awaitItems("query-patterns", 1).at("/0/endpoint").asText()).isEqualTo("symbols");
    }

    @Test
    void aQueryThatTookLongIsListedWithWhatItAsked() throws Exception {
        sample.store.sliceBy(
                (query, partition, slice) -> {
                    long since = System.nanoTime();
                    Eventually.until(
                            PATIENCE,
                            "it has taken long",
                            () -> System.nanoTime() - since >= SLOW_MILLIS * 1_000_000L);
                    return slice;
                });
        search("someCall()");

        JsonNode slow = awaitItems("slow-queries?threshold=" + SLOW_MILLIS, 1);

        assertThat(slow.at("/0/endpoint").asText()).isEqualTo("search/structural");
        assertThat(slow.at("/0/parameters/pattern").asText()).isEqualTo("someCall()");
        assertThat(slow.at("/0/millis").asDouble()).isGreaterThanOrEqualTo(SLOW_MILLIS);
        assertThat(slow.at("/0/status").asInt()).isEqualTo(200);
        assertThat(items("slow-queries?threshold=600000")).isEmpty();
    }

    @Test
    void whatRequestsEndedInIsListedBySeverity() throws Exception {
        for (int partition = 0; partition < ServedSample.PARTITIONS; partition++) {
            sample.store.lose(partition, "its node is gone");
        }
        client.ask("/symbols", "q", "Foo");
        client.ask("/symbols");

        JsonNode all = awaitItems("recent-errors?severity=info", 2);
        JsonNode errors = items("recent-errors");

        assertThat(all.findValuesAsText("code"))
                .containsExactlyInAnyOrder("INVALID_ARGUMENT", "UNAVAILABLE");
        assertThat(errors).hasSize(1);
        assertThat(errors.at("/0/endpoint").asText()).isEqualTo("/api/v1/symbols");
        assertThat(errors.at("/0/severity").asText()).isEqualTo("warning");
        assertThat(errors.at("/0/status").asInt()).isEqualTo(503);
        assertThat(errors.at("/0/detail").asText()).contains("its node is gone");
    }

    @Test
    void anInternalErrorIsFoundByTheIdThatTheCallerHas() throws Exception {
        sample.store.failWith(new IllegalStateException("on purpose"));
        Reply failed = client.ask("/symbols", "q", "Foo");

        JsonNode errors = awaitItems("recent-errors?severity=error", 1);

        assertThat(errors.at("/0/errorId").asText())
                .isNotEmpty()
                .isEqualTo(failed.body().get("errorId").asText());
        assertThat(errors.toString()).doesNotContain("on purpose");
    }

    @Test
    void lagThatIsNotKnownIsNull() throws Exception {
        JsonNode lag = items("lag");

        assertThat(lag.at("/0/records").asInt()).isEqualTo(7);
        assertThat(lag.at("/0/seconds").asDouble()).isEqualTo(1.5);
        assertThat(lag.at("/1/records").isNull()).isTrue();
    }

    @Test
    void cachesTellTheirLevelsHereAndOnNodesAndWhichNodesDoNot() throws Exception {
        JsonNode answer = client.ask("/admin/cache-stats").body();

        assertThat(answer.at("/items/0/hits").asInt()).isEqualTo(3);
        assertThat(answer.at("/items/0/node").isMissingNode()).isTrue();
        assertThat(answer.at("/items/1/node").asText()).isEqualTo("store-1");
        assertThat(answer.at("/items/1/level").asText()).isEqualTo("blocks");
        assertThat(answer.at("/items/1/maxBytes").asInt()).isEqualTo(100);
        assertThat(answer.get("items")).hasSize(2);
        assertThat(answer.get("complete").asBoolean()).isFalse();
        assertThat(answer.get("silent").findValuesAsText("reason"))
                .containsExactly("it is too old; upgrade it", "connection refused");
    }

    @Test
    void nodesTellHowTheyDoAndWhyTheyDoNot() throws Exception {
        JsonNode answer = client.ask("/admin/nodes").body();

        assertThat(answer.get("partitionCount").asInt()).isEqualTo(ServedSample.PARTITIONS);
        assertThat(answer.get("items").findValuesAsText("address"))
                .containsExactly("gone:1", "old:1", "one:1");
        JsonNode told = answer.at("/items/2");
        assertThat(told.get("state").asText()).isEqualTo("answers");
        assertThat(told.at("/freshness/p99Seconds").asDouble()).isEqualTo(1.5);
        assertThat(told.get("writeBufferBytes").asInt()).isEqualTo(4);
        assertThat(told.at("/partitions/0/restore/end").asInt()).isEqualTo(90);
        assertThat(told.at("/partitions/0/restore/seconds").asDouble()).isEqualTo(1.5);
        assertThat(told.at("/partitions/0/lagRecords").isNull()).isTrue();
        assertThat(told.at("/partitions/1/restore").isNull()).isTrue();
        assertThat(told.at("/partitions/1/lagRecords").asInt()).isEqualTo(2);
        JsonNode old = answer.at("/items/1");
        assertThat(old.get("state").asText()).isEqualTo("outdated");
        assertThat(old.at("/partitions/0/state").asText()).isEqualTo("standby");
        assertThat(old.get("freshness").isNull()).isTrue();
        JsonNode gone = answer.at("/items/0");
        assertThat(gone.get("state").asText()).isEqualTo("silent");
        assertThat(gone.get("reason").asText()).isEqualTo("connection refused");
        assertThat(answer.get("silent")).hasSize(2);
    }

    @Test
    void aSourceIsParsedAndItsProblemsHavePlaces() throws Exception {
        Reply reply = admin.post("test-parse", "{\"source\": \"class A {\\n  int x\\n}\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().at("/problems/0/range/line").asInt()).isEqualTo(2);
        assertThat(reply.body().at("/problems/0/range/column").asInt()).isEqualTo(3);
        assertThat(reply.body().get("nodes").asInt()).isEqualTo(12);
        assertThat(reply.body().get("problemCount").asInt()).isEqualTo(1);
        assertThat(admin.parsed.getFirst()).asString(UTF_8).isEqualTo("class A {\n  int x\n}");
    }

    @Test
    void aSourceMayBeGivenAsBytes() throws Exception {
        byte[] bytes = "class Größe {}".getBytes(ISO_8859_1);

        admin.post("test-parse", "{\"content\": \"" + base64(bytes) + "\"}");

        assertThat(admin.parsed.getFirst()).isEqualTo(bytes);
    }

    @Test
    void bytesAreSaidToBeOfAnEncoding() throws Exception {
        JsonNode answer =
                admin.post(
                                "validate-encoding",
                                "{\"content\": \"" + base64(new byte[] {'a', -1}) + "\"}")
                        .body();

        assertThat(answer.get("valid").asBoolean()).isFalse();
        assertThat(answer.get("firstInvalid").asInt()).isEqualTo(1);
        assertThat(answer.get("encoding").asText()).isEqualTo("windows-1252");
    }

    @Test
    void statsTellPartitionsAndNodes() throws Exception {
        sample.store.lose(1, "gone");
        sample.store.stand(2, new Standing(5, false, 3));

        JsonNode stats = client.ask("/admin/stats").body();

        assertThat(stats.get("partitions")).hasSize(ServedSample.PARTITIONS - 1);
        assertThat(stats.at("/partitions/1/partition").asInt()).isEqualTo(2);
        assertThat(stats.at("/partitions/1/active").asBoolean(true)).isFalse();
        assertThat(stats.at("/partitions/1/lagRecords").asInt()).isEqualTo(3);
        assertThat(stats.at("/nodes/0/node").asText()).isEqualTo("store-1");
        assertThat(stats.at("/nodes/0/standby/0").asInt()).isEqualTo(2);
        assertThat(stats.get("complete").asBoolean()).isFalse();
        assertThat(stats.at("/missing/0/partition").asInt()).isEqualTo(1);
    }

    @Test
    void theLargestFilesOfAllPartitionsAreOneList() throws Exception {
        assertThat(items("largest-files?limit=2&ref=*").findValuesAsText("path"))
                .containsExactly("src/Foo.java", "src/Base.java");
        assertThat(items("largest-files?repository=tide%2Fother").findValuesAsText("path"))
                .containsExactly("Foo.java");
    }

    @Test
    void documentsWithProblemsAreListedPageByPage() throws Exception {
        sample.index.put("src/Worse.java", "class {");

        Reply first = client.ask("/admin/syntax-check", "limit", "1");
        String cursor = first.body().get("nextCursor").asText();
        Reply second = client.ask("/admin/syntax-check", "limit", "1", "cursor", cursor);

        assertThat(first.body().at("/items/0/path").asText()).isEqualTo("src/Broken.java");
        assertThat(first.body().at("/items/0/code").asText()).isEqualTo("syntax");
        assertThat(second.body().at("/items/0/path").asText()).isEqualTo("src/Worse.java");
        assertThat(second.body().get("nextCursor").isNull()).isTrue();
        assertThat(items("validate-encoding")).isEmpty();
        assertThat(client.ask("/admin/validate-encoding", "cursor", cursor).status())
                .isEqualTo(400);
    }

    @Test
    void aPartitionOrADocumentIsInspected() throws Exception {
        JsonNode partition =
                client.ask("/admin/store-inspect", "partition", "3", "consistency", "available")
                        .body();
        JsonNode document =
                client.ask("/admin/store-inspect", "repository", REPOSITORY, "path", "src/Foo.java")
                        .body();

        assertThat(partition.at("/partition/partition").asInt()).isEqualTo(3);
        assertThat(partition.get("formatVersion").asInt()).isEqualTo(2);
        assertThat(document.get("ref").asText()).isEqualTo("refs/heads/main");
        assertThat(document.get("fingerprint").asText()).isEqualTo("00000000000000ff");
        assertThat(document.get("whole").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "store-inspect?repository=tide%2Fsample&path=None.java, path",
        "store-inspect?repository=none&path=None.java, repository",
        "syntax-check?repository=none, repository",
        "largest-files?repository=tide%2Fsample&ref=none, ref",
    })
    void whatIsNotThereIsNotFound(String question, String parameter) throws Exception {
        Reply reply = client.get(AdminSample.ADMIN + question);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().get("parameter").asText()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "store-inspect, partition",
        "store-inspect?partition=4, partition",
        "store-inspect?partition=-1, partition",
        "store-inspect?partition=1&repository=tide%2Fsample, partition",
        "store-inspect?path=src/Foo.java, partition",
        "largest-files?by=age, by",
        "slow-queries?threshold=-1, threshold",
        "slow-queries?threshold=x, threshold",
        "slow-queries?limit=0, limit",
        "query-patterns?order=best, order",
        "recent-errors?severity=bad, severity",
        "lag?group=x, group",
    })
    void whatIsAskedWronglyIsRefused(String question, String parameter) throws Exception {
        Reply reply = client.get(AdminSample.ADMIN + question);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("parameter").asText()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    test-parse        | {}                                     | source
                    test-parse        | {"source": "a", "content": "YQ=="}     | source
                    test-parse        | {"content": "???"}                     | content
                    test-parse        | {"source": 1}                          | source
                    validate-encoding | {}                                     | content
                    """)
    void aBodyThatSaysNothingIsRefused(String name, String body, String parameter)
            throws Exception {
        Reply reply = admin.post(name, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("parameter").asText()).isEqualTo(parameter);
        assertThat(admin.parsed).isEmpty();
    }

    @Test
    void aSourceIsCountedInBytes() throws Exception {
        String large = "ä".repeat((3 << 19) + 1);

        Reply reply = admin.post("test-parse", "{\"source\": \"" + large + "\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("parameter").asText()).isEqualTo("source");
        assertThat(reply.body().get("detail").asText()).contains("bytes in UTF-8");
    }

    @Test
    void aSourceThatIsTooLargeIsRefused() throws Exception {
        String large = base64(new byte[(3 << 20) + 1]);

        Reply reply = admin.post("test-parse", "{\"content\": \"" + large + "\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("detail").asText()).contains("at most 3145728");
        assertThat(admin.parsed).isEmpty();
    }

    private void search(String pattern) throws Exception {
        client.post(
                HttpApi.ROOT + "/search/structural",
                ("{\"pattern\": \"" + pattern + "\"}").getBytes(UTF_8),
                "Content-Type",
                "application/json");
    }

    private JsonNode items(String question) throws Exception {
        return client.get(AdminSample.ADMIN + question).body().get("items");
    }

    /** A request is over, for the server, a moment after its answer has come. */
    private JsonNode awaitItems(String question, int count) throws Exception {
        Eventually.until(PATIENCE, count + " are listed", () -> itemsNow(question).size() == count);
        return items(question);
    }

    private JsonNode itemsNow(String question) {
        try {
            return items(question);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
