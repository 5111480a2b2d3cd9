package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

/** What troubleshooting in the terminal asks the server for, and what it shows of the answer. */
@Timeout(60)
final class AdminCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final HttpServer server;
    private int status = 200;
    private String answer = "{}";

    /** What is answered before {@link #answer}, one after the other. */
    private final Queue<String> answers = new ArrayDeque<>();

    @TempDir private Path directory = Path.of("");

    AdminCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    slow-queries | slow-queries?
                    slow-queries --threshold 100 --limit 3 | slow-queries?limit=3&threshold=100
                    query-patterns --order p99 --limit 3 | query-patterns?limit=3&order=p99
                    recent-errors --severity info | recent-errors?severity=info
                    lag | lag?
                    cache-stats | cache-stats?
                    nodes | nodes?
                    stats | stats?
                    replay | replay?
                    largest-files --by lines --repository o/n --ref * --limit 3 | largest-files?by=lines&limit=3&ref=*&repository=o/n
                    syntax-check --repository o/n --cursor c | syntax-check?cursor=c&repository=o/n
                    validate-encoding --ref main --limit 3 | validate-encoding?limit=3&ref=main
                    maintenance --partition 3 | maintenance?partition=3
                    store-inspect --partition 3 | store-inspect?partition=3
                    store-inspect src/A.java --repository o/n | store-inspect?path=src/A.java&repository=o/n
                    """)
    void asksForWhatIsGivenAndNothingElse(String command, String request) {
        assertThat(admin(command.split(" "))).as(err.toString()).isZero();

        assertThat(asked).containsExactly("GET /api/v1/admin/" + request);
    }

    @ParameterizedTest
    @CsvSource({"test-parse", "validate-encoding"})
    void aFileIsSentAsItsBytesWhateverTheyAre(String command) throws IOException {
        Path file = Files.write(directory.resolve("A.java"), new byte[] {'a', (byte) 0xFF, 0});

        assertThat(admin(command, file.toString())).as(err.toString()).isZero();

        assertThat(asked)
                .containsExactly("POST /api/v1/admin/" + command + "? {\"content\":\"Yf8A\"}");
    }

    @Test
    void maintenanceIsWaitedForUntilTheLastReplicaIsDone() {
        answers.add(maintenance("running", "waiting"));
        answers.add(maintenance("done", "running"));
        answers.add(maintenance("done", "done"));

        assertThat(admin("gc", "--partition", "3")).as(err.toString()).isZero();

        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/admin/gc? {\"partition\":3}",
                        "GET /api/v1/admin/maintenance?partition=3",
                        "GET /api/v1/admin/maintenance?partition=3");
        assertThat(out.toString().lines())
                .containsExactly(
                        "NODE  PARTITION  TASK  PHASE  DONE   BYTES BEFORE  BYTES AFTER  FAILURE",
                        "a     3          gc    done   100 %  2,000         1,000",
                        "b     3          gc    done   100 %  2,000         1,000");
    }

    @Test
    void maintenanceThatIsOnlyBegunIsNotWaitedFor() {
        answers.add(maintenance("running", "waiting"));

        assertThat(admin("gc", "--no-wait")).as(err.toString()).isZero();

        assertThat(asked).containsExactly("POST /api/v1/admin/gc? {}");
    }

    @ParameterizedTest
    @CsvSource({"done,failed", "failed,done"})
    void maintenanceThatFailsSomewhereHasFailed(String first, String second) {
        answers.add(maintenance(first, second));

        assertThat(admin("gc")).isEqualTo(1);
    }

    @Test
    void maintenanceThatFindsSomethingElseGoingOnIsNotDone() {
        answers.add(maintenance("done", "done"));

        assertThat(admin("rebuild-index")).isEqualTo(1);
    }

    private static String maintenance(String first, String second) {
        return "{\"items\": [%s, %s], \"missing\": []}"
                .formatted(replica("a", first), replica("b", second));
    }

    private static String replica(String node, String phase) {
        return """
        {"node": "%s", "partition": 3, "task": "gc", "phase": "%s", "done": 10, "total": 10,
         "bytesBefore": 2000, "bytesAfter": 1000}
        """
                .formatted(node, phase);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(admin("test-parse", directory.resolve("None.java").toString())).isEqualTo(1);

        assertThat(asked).isEmpty();
        assertThat(err.toString()).contains("None.java");
    }

    @Test
    void slowQueriesReadAsATable() {
        answer =
                """
                {"items": [{"endedAt": "2026-11-27T10:00:00.000Z", "endpoint": "symbols",
                 "status": 200, "millis": 1234.56, "parameters": {"match": "regex", "q": "a\\nb"}}]}
                """;

        assertThat(admin("slow-queries")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "MILLIS   ENDED                     STATUS  ENDPOINT  PARAMETERS",
                        "1,234.6  2026-11-27T10:00:00.000Z  200     symbols   match=regex q=a b");
    }

    @Test
    void queryPatternsShowWhatDecidesHowLongTheyTake() {
        answer =
                """
                {"items": [{"endpoint": "symbols", "parameters": ["match", "q"], "match": "fuzzy",
                 "pattern": null, "count": 1200, "totalMillis": 2400.0, "meanMillis": 2.0,
                 "p99Millis": 9.5}]}
                """;

        assertThat(admin("query-patterns")).isZero();

        assertThat(out.toString().lines().skip(1))
                .containsExactly("1,200  2.0      9.5     2,400.0   symbols   match=fuzzy q");
    }

    @Test
    void errorsAndLagAndCachesSayWhatIsNotKnown() {
        answer = "{\"items\": [{\"code\": \"INTERNAL\", \"errorId\": \"e1\"}]}";
        admin("recent-errors");
        answer = "{\"items\": [{\"group\": \"g\", \"records\": null, \"seconds\": null}]}";
        admin("lag");
        answer = "{\"items\": [{\"level\": \"shared\", \"hits\": 3, \"misses\": 1}]}";
        admin("cache-stats");

        assertThat(out.toString()).contains("INTERNAL").contains("e1");
        assertThat(out.toString()).containsPattern("g +- +-");
        assertThat(out.toString()).containsPattern("shared +3 +1 +75\\.0% +- +- +-");
    }

    @Test
    void cachesOfNodesStandByTheirNamesAndWhoToldNothingIsNamed() {
        answer =
                """
                {"items": [{"level": "local", "hits": 3, "misses": 1, "entries": 2, "bytes": 10,
                 "maxBytes": 1000}, {"node": "store-1", "level": "blocks", "hits": 0, "misses": 0,
                 "bytes": 4096, "maxBytes": 8192}], "complete": false, "silent": [
                 {"node": null, "address": "two:7401", "reason": "connection\\n refused"}]}
                """;

        assertThat(admin("cache-stats")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "NODE            LEVEL   HITS  MISSES  HIT RATE  ENTRIES  BYTES  MAX BYTES",
                        "(this gateway)  local   3     1       75.0%     2        10     1,000",
                        "store-1         blocks  0     0       -         -        4,096  8,192",
                        "",
                        "no answer of a node at two:7401: connection refused");
    }

    @Test
    void nodesShowHowFreshTheyAreAndWhatTheyRestore() {
        answer =
                """
                {"partitionCount": 2, "items": [{"node": "store-1", "address": "one:7401",
                 "state": "answers", "freshness": {"count": 12, "p50Seconds": 0.24,
                 "p99Seconds": 1.5, "worstSeconds": 2}, "writeBufferBytes": 4096, "partitions": [
                 {"partition": 0, "state": "active", "restore": null},
                 {"partition": 1, "state": "restoring", "position": 41,
                  "restore": {"from": -1, "end": 9000, "seconds": 1.5}}]},
                 {"node": "old", "address": "old:7401", "state": "outdated", "freshness": null,
                  "writeBufferBytes": null, "partitions": []}], "complete": false, "silent": [
                 {"node": "old", "address": "old:7401", "reason": "upgrade it"}]}
                """;

        assertThat(admin("nodes")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "NODE     ADDRESS   STATE     ACTIVE  STANDBY  RESTORING  ARRIVALS"
                                + "  P50 S  P99 S  WORST S  WRITE BUFFERS",
                        "store-1  one:7401  answers   1       0        1          12      "
                                + "  0.2    1.5    2.0      4,096",
                        "old      old:7401  outdated  0       0        0          -       "
                                + "  -      -      -        -",
                        "",
                        "NODE     RESTORING  POSITION  END    SECONDS",
                        "store-1  1          41        9,000  1.5",
                        "",
                        "no answer of old at old:7401: upgrade it");
    }

    @Test
    void problemsOfAParsedFileCanBeFollowed() throws IOException {
        Path file = Files.writeString(directory.resolve("A.java"), "class");
        answer =
                """
                {"outcome": "parsed_with_problems", "encoding": "UTF-8", "bytes": 5, "lines": 1,
                 "nodes": 3, "problemCount": 5, "millis": 1.25, "problems": [
                 {"code": "syntax", "message": "no name", "range": {"line": 1, "column": 6}}]}
                """;

        admin("test-parse", file.toString());

        assertThat(out.toString().lines())
                .containsExactly(
                        "parsed_with_problems: 1 lines, 3 nodes, UTF-8, 1.3 ms",
                        file + ":1:6: syntax: no name",
                        "and 4 more problems");
    }

    @Test
    void anEncodingIsSaidInALine() throws IOException {
        Path file = Files.writeString(directory.resolve("A.java"), "class");
        answer = "{\"valid\": true, \"encoding\": \"UTF-8\", \"bytes\": 5}";
        admin("validate-encoding", file.toString());
        answer = "{\"valid\": false, \"encoding\": \"windows-1252\", \"firstInvalid\": 7}";
        admin("validate-encoding", file.toString());

        assertThat(out.toString().lines())
                .containsExactly(
                        "valid UTF-8",
                        "not UTF-8 from byte 7 on; read as windows-1252 by best effort");
    }

    @Test
    void documentsWithProblemsCanBeFollowedAndSayHowTheListGoesOn() {
        answer =
                """
                {"items": [{"repository": "r", "path": "A.java", "code": "syntax",
                 "message": "unexpected", "line": 3, "column": 7, "problems": 3}],
                 "nextCursor": "next", "complete": true, "missing": []}
                """;

        admin("syntax-check");

        assertThat(out.toString().strip())
                .isEqualTo("r A.java:3:7: syntax: unexpected  (and 2 more)");
        assertThat(err.toString()).contains("continue with --cursor next");
    }

    @Test
    void statsNamePartitionsFamiliesAndNodes() {
        answer =
                """
                {"partitions": [{"partition": 0, "active": true, "position": 41, "lagRecords": null,
                 "documents": 9652, "lines": 1808538, "sourceBytes": 5, "tableBytes": 6,
                 "blobBytes": 4, "memtableBytes": 1, "pendingCompactionBytes": 0}],
                 "families": [{"name": "trees", "keys": 7, "tableBytes": 1, "blobBytes": 2}],
                 "nodes": [{"node": "store-1", "active": [0, 2], "standby": [1], "restoring": []}]}
                """;

        admin("stats");

        assertThat(out.toString()).containsPattern("0 +yes +41 +- +9,652 +1,808,538 +5 +10 +0");
        assertThat(out.toString()).containsPattern("trees +7 +1 +2");
        assertThat(out.toString()).containsPattern("store-1 +0 2 +1 +-");
    }

    @Test
    void whatIsInspectedIsAPartitionOrADocument() {
        answer =
                """
                {"partition": {"partition": 3}, "formatVersion": 2, "families": [
                 {"name": "terms", "keys": 7, "tableBytes": 1, "blobBytes": 0,
                 "filesByLevel": [1, 0, 2]}]}
                """;
        admin("store-inspect", "--partition", "3");
        answer = "{\"path\": \"A.java\", \"whole\": true}";
        admin("store-inspect", "A.java", "--repository", "r");

        assertThat(out.toString()).contains("format version 2").containsPattern("terms.* 1 0 2\n");
        assertThat(out.toString()).containsPattern("whole +true");
    }

    @Test
    void aReplayIsBegunAndWaitedFor() {
        answer =
                """
                {"state": "done", "index": "1", "from": "beginning", "done": 1200, "total": 1200,
                 "begun": "2026-11-27T12:00:00Z", "ended": "2026-11-27T12:01:00Z"}
                """;

        assertThat(admin("replay", "--from", "beginning")).as(err.toString()).isZero();

        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/admin/replay? {\"from\":\"beginning\"}",
                        "GET /api/v1/admin/replay?");
        assertThat(out.toString().lines())
                .containsExactly(
                        "done: a replay from beginning, 1,200 of 1,200 records",
                        "begun 2026-11-27T12:00:00Z, ended 2026-11-27T12:01:00Z");
    }

    @Test
    void aReplayIsNotWaitedForWhenNobodyWantsTo() {
        status = 202;
        answer = "{\"state\": \"preparing\", \"from\": \"offset:3\", \"done\": 0, \"total\": 0}";

        assertThat(admin("replay", "--from", "offset:3", "--no-wait")).as(err.toString()).isZero();

        assertThat(asked).containsExactly("POST /api/v1/admin/replay? {\"from\":\"offset:3\"}");
        assertThat(out.toString()).startsWith("preparing: a replay from offset:3");
    }

    @Test
    void aReplayThatFailedIsAFailure() {
        answer =
                """
                {"state": "failed", "from": "beginning", "done": 3, "total": 7,
                 "failure": "the parser cannot go on"}
                """;

        assertThat(admin("replay", "--from", "beginning")).isEqualTo(1);

        assertThat(out.toString())
                .contains("failed: a replay from beginning, 3 of 7 records")
                .contains("the parser cannot go on");
    }

    @Test
    void withJsonTheAnswerIsShownAsItWasSent() {
        answer = "{\"items\": []}";

        assertThat(admin("lag", "--json")).isZero();

        assertThat(out.toString().strip()).isEqualTo(answer);
    }

    @Test
    void aRefusalIsTheServersReason() {
        status = 400;
        answer = "{\"detail\": \"threshold must be a whole number\"}";

        assertThat(admin("slow-queries", "--threshold", "x")).isEqualTo(1);

        assertThat(err.toString().strip()).isEqualTo("tidescope: threshold must be a whole number");
    }

    private int admin(String... command) {
        List<String> arguments = new ArrayList<>(List.of("admin"));
        arguments.addAll(List.of(command));
        arguments.add("--url=http://127.0.0.1:" + server.getAddress().getPort());
        return CommandLineInterface.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String[] parameters = query == null ? new String[0] : query.split("&");
        Arrays.sort(parameters);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(
                "%s %s?%s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI().getPath(),
                                String.join("&", parameters),
                                body)
                        .strip());
        String next = Objects.requireNonNullElse(answers.poll(), answer);
        byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
