package io.tidescope.query.http;

import static io.tidescope.query.SampleIndex.COMMIT;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.query.PublishStates;
import io.tidescope.query.admin.AdminEndpoints;
import io.tidescope.query.admin.NoSources;
import io.tidescope.query.admin.RequestJournal;
import io.tidescope.query.api.Api;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.api.QueryStart;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.query.request.Parameter;
import io.tidescope.store.query.Standing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Holds the served description of the API against the code and against real answers. */
@Timeout(60)
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Receivers receivers =
            new Receivers(repository -> {}, (forge, header, body) -> {});
    private final ServedSample sample = new ServedSample(receivers, ApiLimits.TIMEOUT);
    private JsonNode document = JSON.nullNode();

    @BeforeEach
    void readDocument() throws Exception {
        document = sample.client.ask("/openapi.json").body();
    }

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void describesExactlyTheRoutesThatAreServed() {
        List<String> described = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + ' '
                                                                        + path.getKey())));

        assertThat(described).containsExactlyInAnyOrderElementsOf(sample.api.routes());
    }

    @Test
    void describesEveryParameterAsItIsDeclared() {
        for (Endpoint endpoint : endpoints()) {
            Map<String, JsonNode> declared = new TreeMap<>();
            endpoint.parameters().forEach(p -> declared.put(p.name(), declaration(p)));
            Map<String, JsonNode> described =
                    switch (endpoint.input()) {
                        case QUERY -> described("/api/v1" + endpoint.path(), "get");
                        case BODY -> describedBody("/api/v1" + endpoint.path());
                    };

            assertThat(described).as(endpoint.path()).isEqualTo(declared);
        }
        assertThat(described("/api/v1/poke", "post"))
                .isEqualTo(Map.of("repository", declaration(PokeHandler.REPOSITORY)));
    }

    @Test
    void namesTheLongestPatternThatIsRead() {
        assertThat(
                        document.at("/components/schemas/StructureQuestion/properties/pattern")
                                .get("maxLength")
                                .asInt())
                .isEqualTo(JavaPatternReader.LONGEST);
    }

    @Test
    void listsEveryErrorCode() {
        List<String> codes = new ArrayList<>();
        document.at("/components/schemas/Problem/properties/code/enum")
                .forEach(code -> codes.add(code.asText()));

        assertThat(codes)
                .containsExactlyElementsOf(
                        Stream.of(ProblemKind.values()).map(Enum::name).toList());
    }

    @Test
    void namesTheStatusOfEveryErrorAQueryCanEndIn() {
        Stream.of(ProblemKind.values())
                .filter(kind -> kind.status() >= 500 || kind == ProblemKind.OVERLOADED)
                .forEach(
                        kind ->
                                assertThat(
                                                document.at("/paths/~1api~1v1~1symbols/get")
                                                        .at("/responses/" + kind.status()))
                                        .as(kind.name())
                                        .isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Status         | /status
                    RepositoryList | /repositories
                    Revision       | /revisions?revision=1111111111111111111111111111111111111111
                    Revision       | /revisions?repository=tide%2Fsample&ref=main&revision=2222222222222222222222222222222222222222
                    DocumentList   | /documents?repository=tide%2Fsample
                    Document       | /document?repository=tide%2Fsample&path=src%2FFoo.java
                    Document       | /document?repository=tide%2Fsample&path=src%2FFoo.java&include=source,tree,outline,problems
                    Document       | /document?repository=tide%2Fsample&path=src%2FFoo.java&include=tree&format=sexp
                    Document       | /document?repository=tide%2Fsample&path=src%2FBroken.java&include=tree,problems
                    SymbolList     | /symbols?q=Foo&limit=1
                    SymbolList     | /symbols?q=o&match=substring
                    OccurrenceList | /occurrences?name=Foo
                    SlowQueryList    | /admin/slow-queries?threshold=10
                    QueryPatternList | /admin/query-patterns
                    RecentErrorList  | /admin/recent-errors?severity=info
                    ConsumerLagList  | /admin/lag
                    CacheStats       | /admin/cache-stats
                    InspectedNodes   | /admin/nodes
                    IndexStats       | /admin/stats
                    LargeFileList    | /admin/largest-files?by=lines
                    Replay           | /admin/replay
                    TroubledList     | /admin/syntax-check?ref=*
                    TroubledList     | /admin/validate-encoding
                    """)
    void describesWhatIsReallyAnswered(String schema, String pathAndQuery) throws Exception {
        Reply reply = sample.client.get(HttpApi.ROOT + pathAndQuery);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(schema(schema).validate(reply.body())).isEmpty();
        assertThat(responseSchema(pathAndQuery)).isEqualTo("#/components/schemas/" + schema);
    }

    @Test
    void describesIncompleteAnswers() throws Exception {
        sample.store.lose(1, "gone");
        sample.store.stand(2, new Standing(5, false, 3));
        sample.store.stand(3, new Standing(5, false, -1));

        assertThat(schema("SymbolList").validate(sample.client.ask("/symbols", "q", "x").body()))
                .isEmpty();
        assertThat(schema("Status").validate(sample.client.ask("/status").body())).isEmpty();
        assertThat(
                        schema("Revision")
                                .validate(
                                        sample.client.ask("/revisions", "revision", COMMIT).body()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/symbols", "/api/v1/none", "/api/v1/status?wait=x"})
    void describesProblems(String pathAndQuery) throws Exception {
        Reply reply = sample.client.get(pathAndQuery);

        assertThat(schema("Problem").validate(reply.body())).isEmpty();
    }

    @Test
    void describesHowThingsAreStored() throws Exception {
        Reply partition = sample.client.ask("/admin/store-inspect", "partition", "0");
        Reply document =
                sample.client.get(
                        HttpApi.ROOT
                                + "/admin/store-inspect?repository=tide%2Fsample&path=src%2FFoo.java");

        assertThat(schema("InspectedPartition").validate(partition.body())).isEmpty();
        assertThat(schema("InspectedDocument").validate(document.body())).isEmpty();
    }

    @Test
    void describesHealth() throws Exception {
        assertThat(schema("Health").validate(sample.client.get("/health").body())).isEmpty();
    }

    private List<Endpoint> endpoints() {
        QueryStart start = QueryStart.over(sample.store, PublishStates.NONE, ApiLimits.TIMEOUT);
        return Stream.of(
                        Api.endpoints(start, ServedSample.PATTERNS),
                        AdminEndpoints.all(
                                start, new RequestJournal(InstantSource.system()), NoSources.NONE))
                .flatMap(List::stream)
                .toList();
    }

    /** The keys of a body as parameters are described. */
    private Map<String, JsonNode> describedBody(String path) {
        String reference =
                document.get("paths")
                        .get(path)
                        .at("/post/requestBody/content/application~1json/schema/$ref")
                        .asText();
        JsonNode body = document.at(reference.substring(1));
        List<String> required = new ArrayList<>();
        body.path("required").forEach(name -> required.add(name.asText()));
        Map<String, JsonNode> described = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : body.get("properties").properties()) {
            ObjectNode schema = property.getValue().deepCopy();
            assertThat(schema.remove("description")).isNotNull();
            ObjectNode declaration = JSON.createObjectNode();
            declaration.put("required", required.contains(property.getKey()));
            declaration.set("schema", schema);
            described.put(property.getKey(), declaration);
        }
        return described;
    }

    private Map<String, JsonNode> described(String path, String method) {
        Map<String, JsonNode> described = new HashMap<>();
        for (JsonNode parameter : document.get("paths").get(path).get(method).get("parameters")) {
            JsonNode resolved =
                    parameter.has("$ref")
                            ? document.at(parameter.get("$ref").asText().substring(1))
                            : parameter;
            assertThat(resolved.get("in").asText()).isEqualTo("query");
            assertThat(resolved.get("description").asText()).isNotEmpty();
            ObjectNode declaration = JSON.createObjectNode();
            declaration.set("required", resolved.get("required"));
            declaration.set("schema", resolved.get("schema"));
            described.put(resolved.get("name").asText(), declaration);
        }
        return described;
    }

    /** A parameter of the code in the document's words. */
    private static JsonNode declaration(Parameter<?> parameter) {
        ObjectNode schema = JSON.valueToTree(parameter.form().schema());
        String defaultText = parameter.defaultText();
        if (defaultText != null) {
            switch (schema.get("type").asText()) {
                case "boolean" -> schema.put("default", Boolean.parseBoolean(defaultText));
                case "integer" -> schema.put("default", Integer.parseInt(defaultText));
                case "array" -> schema.putArray("default").add(defaultText);
                default -> schema.put("default", defaultText);
            }
        }
        ObjectNode declaration = JSON.createObjectNode();
        declaration.put("required", parameter.required());
        declaration.set("schema", schema);
        return declaration;
    }

    private Schema schema(String name) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$ref", "#/components/schemas/" + name);
        schema.set("components", document.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private String responseSchema(String pathAndQuery) {
        String path = HttpApi.ROOT + pathAndQuery.split("\\?")[0];
        return document.get("paths")
                .get(path)
                .at("/get/responses/200/content/application~1json/schema/$ref")
                .asText();
    }
}
