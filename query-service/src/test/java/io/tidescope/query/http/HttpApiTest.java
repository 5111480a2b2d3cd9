package io.tidescope.query.http;

import static io.tidescope.query.SampleIndex.COMMIT;
import static io.tidescope.query.SampleIndex.MAIN;
import static io.tidescope.query.SampleIndex.REPOSITORY;
import static io.tidescope.query.SampleIndex.marker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.admin.NoSources;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What the endpoints answer, over a real connection. */
@Timeout(60)
class HttpApiTest {
    private final ServedSample sample = new ServedSample();
    private final ApiClient client = sample.client;

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void aQuestionLargerThanAnyRuleIsRefused() throws Exception {
        Reply reply =
                sample.client.post(
                        HttpApi.ROOT + "/search/structural",
                        new byte[HttpSettings.MAX_QUESTION_BYTES + 1],
                        "Content-Type",
                        "application/json");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body().get("detail").asText())
                .contains(Integer.toString(HttpSettings.MAX_QUESTION_BYTES));
    }

    @Test
    void findsSymbolsOnDefaultRefsOfAllRepositories() throws Exception {
        Reply reply = client.ask("/symbols", "q", "Foo");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(texts(reply, "repository")).containsExactly("tide/other", REPOSITORY);
        JsonNode foo = reply.body().at("/items/1");
        assertThat(foo.get("kind").asText()).isEqualTo("class");
        assertThat(foo.get("path").asText()).isEqualTo("src/Foo.java");
        assertThat(foo.get("container").asText()).isEqualTo("org.sample");
        assertThat(foo.get("line").asInt()).isEqualTo(4);
        assertThat(foo.get("column").asInt()).isEqualTo(14);
        assertThat(foo.get("endLine").asInt()).isEqualTo(13);
        assertThat(reply.body().get("nextCursor").isNull()).isTrue();
        assertThat(reply.body().get("complete").asBoolean()).isTrue();
    }

    @Test
    void narrowsSymbolsByKindRepositoryAndRef() throws Exception {
        assertThat(texts(client.ask("/symbols", "q", "Foo", "kind", "interface,enum"), "kind"))
                .containsExactly("interface");
        assertThat(texts(client.ask("/symbols", "q", "Foo", "repository", REPOSITORY), "path"))
                .containsExactly("src/Foo.java");
        assertThat(texts(client.ask("/symbols", "q", "New"), "name")).isEmpty();
        assertThat(texts(client.ask("/symbols", "q", "New", "ref", "feature"), "ref"))
                .containsExactly("refs/heads/feature");
        assertThat(texts(client.ask("/symbols", "q", "New", "ref", "*"), "name"))
                .containsExactly("New");
    }

    @Test
    void matchesNamesInEveryWay() throws Exception {
        assertThat(symbols("prefix", "addTh")).containsExactly("addThing");
        assertThat(symbols("camel", "aT")).contains("addThing");
        assertThat(symbols("substring", "thing")).containsExactly("addThing");
        assertThat(symbols("regex", "^add.*g$")).containsExactly("addThing");
        assertThat(symbols("fuzzy", "adThing")).containsExactly("addThing");
        assertThat(symbols("exact", "größe")).isEmpty();
        assertThat(symbols("exact", "Größe")).containsExactly("Größe");
    }

    @Test
    void findsOccurrencesWithTheirLines() throws Exception {
        Reply calls = client.ask("/occurrences", "name", "addThing", "role", "call");

        assertThat(calls.body().get("items")).hasSize(1);
        JsonNode call = calls.body().at("/items/0");
        assertThat(call.get("path").asText()).isEqualTo("src/Base.java");
        assertThat(call.get("line").asInt()).isEqualTo(4);
        assertThat(call.get("text").asText()).contains("new Foo<String>().addThing(\"x\")");
        assertThat(texts(client.ask("/occurrences", "name", "addThing"), "role"))
                .containsExactly("call", "definition");
    }

    @Test
    void readsAListPageByPage() throws Exception {
        List<String> paths = new ArrayList<>();
        Reply page = client.ask("/documents", "repository", REPOSITORY, "limit", "1");
        paths.addAll(texts(page, "path"));
        while (!page.body().get("nextCursor").isNull()) {
            String cursor = page.body().get("nextCursor").asText();
            page =
                    client.ask(
                            "/documents", "repository", REPOSITORY, "limit", "1", "cursor", cursor);
            paths.addAll(texts(page, "path"));
        }

        assertThat(paths)
                .containsExactly(
                        "odd/Größe \"x\" 𝒳.java",
                        "src/Base.java",
                        "src/Broken.java",
                        "src/Foo.java");
    }

    @Test
    void listsDocumentsUnderAPrefix() throws Exception {
        Reply reply = client.ask("/documents", "repository", REPOSITORY, "prefix", "src/B");

        assertThat(texts(reply, "path")).containsExactly("src/Base.java", "src/Broken.java");
        assertThat(texts(reply, "outcome")).containsExactly("parsed", "parsed_with_problems");
    }

    @Test
    void showsADocumentWithTheAskedPartsOnly() throws Exception {
        Reply bare = client.ask("/document", "repository", REPOSITORY, "path", "src/Broken.java");
        Reply full =
                client.ask(
                        "/document",
                        "repository",
                        REPOSITORY,
                        "path",
                        "src/Foo.java",
                        "include",
                        "source,outline,tree");

        assertThat(bare.body().has("source")).isFalse();
        assertThat(bare.body().at("/problems/0/code").asText()).isEqualTo("syntax");
        assertThat(bare.body().at("/problems/0/range/line").asInt()).isEqualTo(1);
        assertThat(bare.body().get("mode").asText()).isEqualTo("100644");
        assertThat(full.body().has("problems")).isFalse();
        assertThat(full.body().get("source").asText()).isEqualTo(ServedSample.FOO);
        assertThat(full.body().at("/tree/kind").asText()).isEqualTo("CompilationUnit");
        JsonNode foo = full.body().at("/outline/0");
        assertThat(foo.get("summary").asText()).isEqualTo("Holds things.");
        assertThat(foo.get("children").findValuesAsText("name"))
                .containsExactly("size", "room", "addThing", "Mode", "ON", "OFF");
    }

    @Test
    void writesTheTreeAsAnExpressionWhenAsked() throws Exception {
        Reply reply =
                client.ask(
                        "/document",
                        "repository",
                        REPOSITORY,
                        "path",
                        "odd/Größe \"x\" 𝒳.java",
                        "include",
                        "tree",
                        "format",
                        "sexp");

        assertThat(reply.body().get("tree").asText())
                .startsWith("(CompilationUnit")
                .contains("types: (ClassOrInterfaceDeclaration \"Größe\"");
    }

    @Test
    void listsRepositoriesWithWhatIsBeingPublished() throws Exception {
        Reply reply = client.ask("/repositories");

        assertThat(texts(reply, "repository"))
                .containsExactly("tide/coming", "tide/other", REPOSITORY);
        assertThat(reply.body().at("/items/0/refs/0/state").asText()).isEqualTo("pending");
        assertThat(reply.body().at("/items/0/refs/0/publishing/published").asInt()).isEqualTo(3);
        assertThat(reply.body().at("/items/1/refs/0/state").asText()).isEqualTo("indexed");
        assertThat(reply.body().at("/items/1/refs/0/indexedCommit").asText()).isEqualTo(COMMIT);
    }

    @Test
    void tellsHowFarTheIndexHasComeWithARevision() throws Exception {
        String half = "5".repeat(40);
        sample.store.mark(marker("tide/other", MAIN, half, true), 0, 2);

        assertThat(state(COMMIT)).isEqualTo("indexed 4/4");
        assertThat(state(half)).isEqualTo("pending 2/4");
        assertThat(state(ServedSample.PUBLISHING)).isEqualTo("pending 0/4");
        assertThat(state("0".repeat(40))).isEqualTo("unknown 0/4");
    }

    @Test
    void waitsForAMinimumRevision() throws Exception {
        String next = "2".repeat(40);
        CompletableFuture<Reply> waiting =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return client.ask(
                                        "/symbols",
                                        "q",
                                        "Fresh",
                                        "min_revision",
                                        next,
                                        "wait",
                                        "20s");
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        sample.index.put("src/Fresh.java", "class Fresh {}").mark(next);

        assertThat(texts(waiting.get(), "name")).containsExactly("Fresh");
    }

    @Test
    void saysThatARevisionDidNotComeInTime() throws Exception {
        for (String path :
                List.of(
                        "/status",
                        "/repositories",
                        "/symbols?q=Foo",
                        "/occurrences?name=Foo",
                        "/documents?repository=tide%2Fsample",
                        "/document?repository=tide%2Fsample&path=src%2FFoo.java",
                        "/revisions?revision=" + COMMIT)) {
            Reply reply =
                    client.get(
                            HttpApi.ROOT
                                    + path
                                    + (path.contains("?") ? '&' : '?')
                                    + "wait=1ms&min_revision="
                                    + "3".repeat(40));

            assertThat(reply.status()).as(path).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(reply.body().get("code").asText()).isEqualTo("REVISION_NOT_INDEXED");
            assertThat(reply.body().get("parameter").asText()).isEqualTo("min_revision");
        }
    }

    @Test
    void saysWhichPartitionsAnAnswerMisses() throws Exception {
        sample.store.lose(2, "moving to another node");

        for (String path : List.of("/symbols?q=Foo", "/repositories", "/status")) {
            Reply reply = client.get(HttpApi.ROOT + path);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().get("complete").asBoolean()).isFalse();
            assertThat(reply.body().at("/missing/0/partition").asInt()).isEqualTo(2);
            assertThat(reply.body().at("/missing/0/reason").asText())
                    .isEqualTo("moving to another node");
        }
    }

    @Test
    void failsWhenNoPartitionAnswers() throws Exception {
        for (int partition = 0; partition < ServedSample.PARTITIONS; partition++) {
            sample.store.lose(partition, "starting");
        }

        Reply reply = client.ask("/symbols", "q", "Foo");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body().get("code").asText()).isEqualTo("UNAVAILABLE");
        assertThat(reply.body().get("detail").asText()).contains("starting");
    }

    @Test
    void sumsUpTheIndex() throws Exception {
        JsonNode status = client.ask("/status").body();

        assertThat(status.get("state").asText()).isEqualTo("serving");
        assertThat(status.get("documents").asInt()).isEqualTo(6);
        assertThat(status.get("documentsWithProblems").asInt()).isEqualTo(1);
        assertThat(status.get("partitions")).hasSize(ServedSample.PARTITIONS);
    }

    @Test
    void saysThatItServes() throws Exception {
        assertThat(client.get("/health").body().get("status").asText()).isEqualTo("ok");
    }

    @Test
    void aNodeThatIsTooOldForAQuestionMayBeUpgradedSoon() throws Exception {
        StoreClient old =
                new StoreClient() {
                    @Override
                    public int partitions() {
                        return 1;
                    }

                    @Override
                    public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
                        throw new TideScopeException(
                                ErrorCode.UNSUPPORTED_VERSION, "The node is too old; upgrade it.");
                    }
                };
        try (HttpApi api =
                HttpApi.start(
                        old,
                        List::of,
                        ServedSample.PATTERNS,
                        NoSources.NONE,
                        Receivers.NONE,
                        new SimpleMeterRegistry(),
                        HttpSettings.local(0),
                        Tracing.OFF)) {
            Reply reply = new ApiClient(api.port()).ask("/status");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(reply.body().get("code").asText()).isEqualTo("UNSUPPORTED_VERSION");
            assertThat(reply.body().get("detail").asText()).contains("too old");
        }
    }

    @Test
    void refusesAPortThatIsInUse() {
        assertThatThrownBy(
                        () ->
                                HttpApi.start(
                                        sample.store,
                                        List::of,
                                        ServedSample.PATTERNS,
                                        NoSources.NONE,
                                        Receivers.NONE,
                                        new SimpleMeterRegistry(),
                                        HttpSettings.local(sample.api.port()),
                                        Tracing.OFF))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining(Integer.toString(sample.api.port()));
    }

    private List<String> symbols(String match, String q) throws Exception {
        return texts(client.ask("/symbols", "q", q, "match", match), "name");
    }

    private String state(String revision) throws Exception {
        JsonNode body = client.ask("/revisions", "revision", revision).body();
        return "%s %d/%d"
                .formatted(
                        body.get("state").asText(),
                        body.get("partitionsDone").asInt(),
                        body.get("partitions").asInt());
    }

    private static List<String> texts(Reply reply, String field) {
        List<String> texts = new ArrayList<>();
        reply.body().get("items").forEach(item -> texts.add(item.get(field).asText()));
        return texts;
    }
}
