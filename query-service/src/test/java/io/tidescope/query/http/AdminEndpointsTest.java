package io.tidescope.query.http;

import static io.tidescope.query.SampleIndex.REPOSITORY;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.LagSource.ConsumerPartition;
import io.tidescope.query.admin.NodeSource;
import io.tidescope.query.admin.ReplayControl;
import io.tidescope.query.admin.ReplayStatus;
import io.tidescope.query.admin.TrialParser;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.cache.CacheLevel;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Phase;
import io.tidescope.store.query.Maintenance.Task;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.Held;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** What troubleshooting answers, over a real connection. */
@Timeout(60)
class AdminEndpointsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SLOW_MILLIS = 20;
    private static final String ADMIN = HttpApi.ROOT + "/admin/";

    private static final NodeStatus NODE =
            new NodeStatus(
                    "store-1",
                    "one",
                    ServedSample.PARTITIONS,
                    List.of(new Held(2, State.STANDBY, new Standing(5, false, 0))),
                    List.of());

    private static final NodeStatus OLD =
            new NodeStatus("old", "two", ServedSample.PARTITIONS, NODE.held(), List.of());

    private final OneNode nodes = new OneNode();
    private final List<byte[]> parsed = new ArrayList<>();
    private final ServedSample sample =
            new ServedSample(
                    Receivers.NONE,
                    new AdminSources(
                            new Parser(),
                            () ->
                                    List.of(
                                            new ConsumerPartition("g", "documents", 0, 7L, 1.5),
                                            new ConsumerPartition("g", "documents", 1, null, null)),
                            nodes,
                            new Cache(),
                            new Replays()),
                    Duration.ofSeconds(10));
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
    void aReplayIsBegunAndThenToldOf() throws Exception {
        Reply none = client.ask("/admin/replay");
        Reply begun = post("replay", "{\"from\": \"beginning\"}");
        Reply second = post("replay", "{\"from\": \"offset:3\"}");

        assertThat(none.body().toString()).isEqualTo("{\"state\":\"none\",\"done\":0,\"total\":0}");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.body().at("/state").asText()).isEqualTo("preparing");
        assertThat(begun.body().at("/from").asText()).isEqualTo("beginning");
        assertThat(begun.body().at("/begun").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(client.ask("/admin/replay").body()).isEqualTo(begun.body());
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.body().at("/detail").asText()).isEqualTo("One goes on.");
    }

    @Test
    void aReplayIsNotBegunWithoutABeginning() throws Exception {
        Reply refused = post("replay", "{}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/parameter").asText()).isEqualTo("from");
        assertThat(client.ask("/admin/replay").body().at("/state").asText()).isEqualTo("none");
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
        Reply reply = post("test-parse", "{\"source\": \"class A {\\n  int x\\n}\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().at("/problems/0/range/line").asInt()).isEqualTo(2);
        assertThat(reply.body().at("/problems/0/range/column").asInt()).isEqualTo(3);
        assertThat(reply.body().get("nodes").asInt()).isEqualTo(12);
        assertThat(reply.body().get("problemCount").asInt()).isEqualTo(1);
        assertThat(parsed.getFirst()).asString(UTF_8).isEqualTo("class A {\n  int x\n}");
    }

    @Test
    void aSourceMayBeGivenAsBytes() throws Exception {
        byte[] bytes = "class Größe {}".getBytes(ISO_8859_1);

        post("test-parse", "{\"content\": \"" + base64(bytes) + "\"}");

        assertThat(parsed.getFirst()).isEqualTo(bytes);
    }

    @Test
    void bytesAreSaidToBeOfAnEncoding() throws Exception {
        JsonNode answer =
                post("validate-encoding", "{\"content\": \"" + base64(new byte[] {'a', -1}) + "\"}")
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
        Reply reply = client.get(ADMIN + question);

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
        Reply reply = client.get(ADMIN + question);

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
        Reply reply = post(name, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("parameter").asText()).isEqualTo(parameter);
        assertThat(parsed).isEmpty();
    }

    @Test
    void aSourceIsCountedInBytes() throws Exception {
        String large = "ä".repeat((3 << 19) + 1);

        Reply reply = post("test-parse", "{\"source\": \"" + large + "\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("parameter").asText()).isEqualTo("source");
        assertThat(reply.body().get("detail").asText()).contains("bytes in UTF-8");
    }

    @Test
    void aSourceThatIsTooLargeIsRefused() throws Exception {
        String large = base64(new byte[(3 << 20) + 1]);

        Reply reply = post("test-parse", "{\"content\": \"" + large + "\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("detail").asText()).contains("at most 3145728");
        assertThat(parsed).isEmpty();
    }

    private void search(String pattern) throws Exception {
        client.post(
                HttpApi.ROOT + "/search/structural",
                ("{\"pattern\": \"" + pattern + "\"}").getBytes(UTF_8),
                "Content-Type",
                "application/json");
    }

    private Reply post(String name, String body) throws Exception {
        return client.post(ADMIN + name, body.getBytes(UTF_8), "Content-Type", "application/json");
    }

    private JsonNode items(String question) throws Exception {
        return client.get(ADMIN + question).body().get("items");
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

    /** Finds one problem in every source, where a field of a certain name begins. */
    private final class Parser implements TrialParser {
        @Override
        public Trial parse(byte[] content) {
            parsed.add(content);
            int place = new String(content, UTF_8).indexOf("int x");
            return new Trial(
                    "parsed_with_problems",
                    "UTF-8",
                    3,
                    12,
                    List.of(new ParseProblem("syntax", "no end", place, place + 5)),
                    content);
        }

        @Override
        public SourceEncoding encoding(byte[] content) {
            return new SourceEncoding("windows-1252", true, 1);
        }
    }

    private static final class Cache implements AnswerCache {
        @Override
        public <R> Lookup<R> look(StoreQuery<R> query, Set<Integer> partitions) {
            return AnswerCache.NONE.look(query, partitions);
        }

        @Override
        public List<CacheLevel> levels() {
            return List.of(new CacheLevel("local", 3, 1, 2L, 100L, 1_000L));
        }
    }

    @Test
    void whatIsBegunIsBegunOnEveryReplica() throws Exception {
        JsonNode begun = post("rebuild-index", "{}").body();

        assertThat(nodes.begun).containsExactly(Task.REBUILD);
        assertThat(begun.at("/items/0/node").asText()).isEqualTo("store-1");
        assertThat(begun.at("/items/0/partition").asInt()).isEqualTo(2);
        assertThat(begun.at("/items/0/task").asText()).isEqualTo("rebuild-index");
        assertThat(begun.at("/items/0/phase").asText()).isEqualTo("running");
        assertThat(begun.at("/items/0/ended").isMissingNode()).isTrue();
    }

    @Test
    void howItGoesIsAskedWithoutBeginningAnything() throws Exception {
        post("gc", "{\"partition\": 2}");

        assertThat(items("maintenance").at("/0/task").asText()).isEqualTo("gc");
        assertThat(nodes.begun).containsExactly(Task.COMPACT);
    }

    @Test
    void aReplicaThatIsBeingRestoredIsNamed() throws Exception {
        nodes.refuses = true;

        JsonNode answer = client.ask("/admin/maintenance").body();

        assertThat(answer.get("items")).isEmpty();
        assertThat(answer.at("/missing/0/node").asText()).isEqualTo("store-1");
        assertThat(answer.at("/missing/0/partition").asInt()).isEqualTo(2);
        assertThat(answer.at("/missing/0/reason").asText()).isEqualTo("being restored");
    }

    @Test
    void aPartitionThatNobodyHasIsRefused() throws Exception {
        Reply reply = post("gc", "{\"partition\": 3}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().toString()).contains("partition 3");
        assertThat(nodes.begun).isEmpty();
    }

    /** Begins what it is told and never ends it. */
    private static final class OneNode implements NodeSource {
        private static final NodeInspection INSPECTION =
                new NodeInspection(
                        "store-1",
                        new NodeInspection.Freshness(5, 0.25, 1.5, 2),
                        List.of(new NodeInspection.CacheUse("blocks", 10, 100, 7, 3)),
                        4,
                        50,
                        List.of(
                                new NodeInspection.PartitionProgress(
                                        1,
                                        State.RESTORING,
                                        new Standing(41, false, -1),
                                        -1,
                                        90,
                                        1_500),
                                new NodeInspection.PartitionProgress(
                                        2,
                                        State.STANDBY,
                                        new Standing(41, false, 2),
                                        -1,
                                        90,
                                        1_500)));

        private final List<Task> begun = new ArrayList<>();
        private boolean refuses;
        private Maintenance state = Maintenance.NONE;

        @Override
        public List<NodeStatus> nodes() {
            return List.of(NODE);
        }

        /** One that tells how it does, one that is too old to, one that never answered. */
        @Override
        public List<NodeReport> inspect(Deadline deadline) {
            return List.of(
                    new NodeReport("one:1", NODE, true, INSPECTION, null),
                    new NodeReport("old:1", OLD, true, null, "it is too old; upgrade it"),
                    new NodeReport("gone:1", null, false, null, "connection refused"));
        }

        @Override
        @SuppressWarnings("unchecked") // the one kind of question there is
        public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
            MaintainPartition asked = (MaintainPartition) query;
            if (!wanted.test(2)) {
                return List.of();
            }
            if (asked.begin() != null) {
                begun.add(asked.begin());
                state =
                        new Maintenance(
                                asked.begin(),
                                Phase.RUNNING,
                                1,
                                2,
                                3,
                                0,
                                1_700_000_000_000L,
                                0,
                                null);
            }
            PartitionReply<R> reply =
                    refuses
                            ? new PartitionReply.Refused<>(Refusal.RESTORING, "being restored")
                            : new PartitionReply.Answered<>((R) state, new Standing(5, false, 0));
            return List.of(new NodeReplies<>("store-1", Map.of(2, reply), null));
        }
    }

    private static final class Replays implements ReplayControl {
        private ReplayStatus last = ReplayStatus.NONE;

        @Override
        public ReplayStatus begin(String from) {
            if (last.isRunning()) {
                throw new TideScopeException(ErrorCode.PRECONDITION_FAILED, "One goes on.");
            }
            last =
                    new ReplayStatus(
                            ReplayStatus.State.PREPARING,
                            "1",
                            from,
                            0,
                            0,
                            Instant.EPOCH,
                            null,
                            null);
            return last;
        }

        @Override
        public ReplayStatus status() {
            return last;
        }
    }
}
