package io.tidescope.query.http;

import static io.tidescope.query.SampleIndex.COMMIT;
import static io.tidescope.query.SampleIndex.REPOSITORY;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.StructureHits;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Match.Capture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Structural search over a real connection; what matches is said here: declarations of types. */
@Timeout(60)
class StructureSearchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RANGE_OF_FOO =
            "{\"line\": 4, \"column\": 1, \"endLine\": 13, \"endColumn\": 2}";

    private final ServedSample sample = new ServedSample();

    @BeforeEach
    void findTypes() {
        sample.store.findBy((search, tree) -> types(tree));
    }

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void answersWithPlacesAndWhatTheHolesStandFor() throws Exception {
        Reply reply =
                search(
                        "{\"pattern\": \"class $A {}\", \"paths\": [\"**/Foo.java\"], \"limit\":"
                                + " 5}");

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(reply.body().get("count").asInt()).isEqualTo(3);
        assertThat(reply.body().get("complete").asBoolean()).isTrue();
        assertThat(reply.body().get("readAs").asText()).isEqualTo("expression");
        assertThat(reply.body().get("nextCursor").isNull()).isTrue();
        assertThat(reply.body().has("plan")).isFalse();
        assertThat(reply.body().get("matches").findValuesAsText("repository"))
                .containsExactly("tide/other", REPOSITORY, REPOSITORY);
        JsonNode foo = reply.body().at("/matches/1");
        assertThat(foo.get("path").asText()).isEqualTo("src/Foo.java");
        assertThat(foo.get("text").asText()).isEqualTo("public class Foo<T> extends Base {");
        assertThat(foo.get("range")).isEqualTo(JSON.readTree(RANGE_OF_FOO));
        assertThat(foo.at("/captures/A/text").asText()).isEqualTo("Foo");
        assertThat(foo.at("/captures/A/range/column").asInt()).isEqualTo(14);
        assertThat(schema().validate(reply.body())).isEmpty();
    }

    @Test
    void readsPageByPageWhereSeveralStartAtOnePlace() throws Exception {
        sample.store.findBy(
                (search, tree) ->
                        types(tree).stream().flatMap(m -> List.of(m, second(m)).stream()).toList());
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = search("{\"pattern\": \"x\", \"limit\": 1%s}".formatted(cursor));
            assertThat(page.status()).isEqualTo(200);
            page.body()
                    .get("matches")
                    .forEach(m -> seen.add(m.get("path").asText() + m.at("/captures/A/text")));
            JsonNode next = page.body().get("nextCursor");
            cursor = next.isNull() ? "" : ", \"cursor\": \"" + next.asText() + '"';
        } while (!cursor.isEmpty());

        int all = search("{\"pattern\": \"x\", \"countOnly\": true}").body().get("count").asInt();
        assertThat(seen).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void searchesByARule() throws Exception {
        Reply reply = search("{\"rule\": {\"kind\": \"class_declaration\"}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("count").asInt()).isPositive();
        assertThat(reply.body().has("readAs")).isFalse();
        assertThat(schema().validate(reply.body())).isEmpty();
    }

    @Test
    void countsEverythingWithoutALimit() throws Exception {
        Reply reply = search("{\"pattern\": \"x\", \"countOnly\": true, \"limit\": 1}");

        assertThat(reply.body().get("count").asInt()).isGreaterThan(3);
        assertThat(reply.body().get("matches")).isEmpty();
        assertThat(reply.body().get("nextCursor").isNull()).isTrue();
    }

    @Test
    void saysWhatItWentThroughAndWhatIsMissing() throws Exception {
        sample.store.lose(1, "gone");

        Reply reply = search("{\"pattern\": \"x\", \"explain\": true, \"ref\": \"*\"}");

        assertThat(reply.body().get("complete").asBoolean()).isFalse();
        assertThat(reply.body().at("/missing/0/partition").asInt()).isEqualTo(1);
        assertThat(reply.body().at("/plan/trees").asInt()).isPositive();
        assertThat(reply.body().at("/plan/documents").asInt()).isPositive();
        assertThat(schema().validate(reply.body())).isEmpty();
    }

    @Test
    void tellsOfTreesThatCannotBeRead() throws Exception {
        sample.store.sliceBy(
                (query, partition, slice) ->
                        new StructureHits(
                                slice.found(),
                                slice.ended(),
                                slice.reached(),
                                new SearchEffort("x", 1, 1, 1, partition == 0 ? 2 : 0)));

        Reply reply = search("{\"pattern\": \"x\"}");

        assertThat(reply.body().get("unreadable").asInt()).isEqualTo(2);
        assertThat(reply.body().get("complete").asBoolean()).isFalse();
        assertThat(reply.body().has("reason")).isFalse();
        assertThat(schema().validate(reply.body())).isEmpty();
    }

    @Test
    void answersThatItFoundNothingWhenTimeWasOverAtOnce() throws Exception {
        sample.store.sliceBy(
                (query, partition, slice) -> {
                    throw new TideScopeException(ErrorCode.DEADLINE_EXCEEDED, "too late");
                });

        Reply reply = search("{\"pattern\": \"x\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("complete").asBoolean()).isFalse();
        assertThat(reply.body().get("reason").asText()).isEqualTo("too late");
    }

    @Test
    void waitsForARevision() throws Exception {
        String question = "{\"pattern\": \"x\", \"min_revision\": \"%s\", \"wait\": \"10ms\"}";

        Reply indexed = search(question.formatted(COMMIT));
        Reply unknown = search(question.formatted("7".repeat(40)));

        assertThat(indexed.status()).isEqualTo(200);
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.body().get("code").asText()).isEqualTo("REVISION_NOT_INDEXED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"patern": "x"}                      | patern     | Did you mean pattern?
                    {"limit": 5}                         | pattern    | either pattern or rule
                    {"pattern": "x", "rule": {}}         | pattern    | either pattern or rule
                    {"rule": {"kind": "nothing"}}        | rule       | In rule.kind: there is no kind
                    {"pattern": ""}                      | pattern    | empty
                    {"pattern": 5}                       | pattern    | must be of type string
                    {"pattern": ") x"}                   | pattern    | at offset 0: nothing is open
                    {"pattern": "x", "limit": 0}         | limit      | from 1 to 10000
                    {"pattern": "x", "limit": "5"}       | limit      | must be of type integer
                    {"pattern": "x", "paths": "a"}       | paths      | must be of type array
                    {"pattern": "x", "paths": [1]}       | paths      | globs only
                    {"pattern": "x", "paths": ["{a"]}    | paths      | do not pair
                    {"pattern": "x", "countOnly": null}  | countOnly  | must be of type boolean
                    {"pattern": "x", "cursor": "no"}     | cursor     | not one of this query
                    {"pattern": "x", "pattern": "y"}     | body       | not JSON
                    {"pattern": "x"} x                   | body       | not JSON
                    []                                   | body       | must be a JSON object
                    """)
    void refusesWhatItDoesNotUnderstand(String body, String parameter, String reason)
            throws Exception {
        Reply reply = search(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().get("code").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(reply.body().get("parameter").asText()).isEqualTo(parameter);
        assertThat(reply.body().get("detail").asText()).contains(reason);
    }

    @Test
    void takesJsonInItsBodyOnly() throws Exception {
        byte[] body = "{\"pattern\": \"x\"}".getBytes(UTF_8);
        String path = HttpApi.ROOT + "/search/structural";

        Reply untyped = sample.client.post(path, body);
        Reply queried =
                sample.client.post(path + "?limit=1", body, "Content-Type", "application/json");

        assertThat(untyped.body().get("parameter").asText()).isEqualTo("Content-Type");
        assertThat(queried.body().get("parameter").asText()).isEqualTo("limit");
    }

    private Reply search(String body) throws Exception {
        return sample.client.post(
                HttpApi.ROOT + "/search/structural",
                body.getBytes(UTF_8),
                "Content-Type",
                "application/json; charset=utf-8");
    }

    private Schema schema() throws Exception {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$ref", "#/components/schemas/StructureList");
        schema.set("components", sample.client.ask("/openapi.json").body().get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static List<Match> types(SyntaxTree tree) {
        return IntStream.range(0, tree.nodeCount())
                .filter(
                        node ->
                                tree.kind(node) == NodeKind.CLASS_OR_INTERFACE_DECLARATION
                                        || tree.kind(node) == NodeKind.ENUM_DECLARATION)
                .mapToObj(node -> match(tree, node))
                .toList();
    }

    private static Match match(SyntaxTree tree, int node) {
        TreeMap<String, Capture> captures = new TreeMap<>();
        captures.put("A", new Capture(-1, tree.textStart(node), tree.textEnd(node)));
        return new Match(node, tree.start(node), tree.end(node), captures);
    }

    /** Another match at the same place, of another node and with another capture. */
    private static Match second(Match first) {
        TreeMap<String, Capture> captures = new TreeMap<>();
        captures.put("A", new Capture(-1, first.start(), first.start() + 1));
        return new Match(first.node() + 1, first.start(), first.end(), captures);
    }
}
