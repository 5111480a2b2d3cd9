package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.SampleIndex;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.TokenEntry;
import io.tidescope.query.access.TokenFile;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.query.http.ApiClient.Reply;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every operation of the description, asked by callers of every kind about repositories that are
 * theirs, others' and nobody's. What somebody may not see is what is not there: they get the
 * answers that they would get from an index without it, to the byte.
 */
@Timeout(120)
class AuthorisationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String OWN = SampleIndex.REPOSITORY;
    private static final String FOREIGN = "vault/gold";
    private static final String ABSENT = "vault/lead";
    private static final String FOREIGN_COMMIT = "5".repeat(40);

    /** What nobody may learn of who may not see the repository. */
    private static final List<String> SECRETS =
            List.of("gold", "Hoard", "vault/src", FOREIGN_COMMIT, "refs/heads/hidden");

    private static final ApiToken READ_ALL = ApiToken.create(RANDOM);
    private static final ApiToken READ_OWN = ApiToken.create(RANDOM);
    private static final ApiToken READ_NONE = ApiToken.create(RANDOM);
    private static final ApiToken PUBLISH = ApiToken.create(RANDOM);
    private static final ApiToken ADMIN = ApiToken.create(RANDOM);
    private static final ApiToken ADMIN_OWN = ApiToken.create(RANDOM);
    private static final ApiToken UNKNOWN = ApiToken.create(RANDOM);

    @TempDir private static Path directory;

    private final List<String> poked = new ArrayList<>();
    private final ServedSample without = serve();
    private final ServedSample with = serve();
    private JsonNode description = JSON.nullNode();

    private static Access access() {
        try {
            Path file = directory.resolve("tokens");
            Files.writeString(
                    file,
                    String.join(
                            "\n",
                            line("all", READ_ALL, "read", "**"),
                            line("own", READ_OWN, "read", OWN),
                            line("nothing", READ_NONE, "read", "none/*"),
                            line("publisher", PUBLISH, "publish", OWN),
                            line("admin", ADMIN, "admin", "**"),
                            line("admin-of-some", ADMIN_OWN, "admin", OWN)));
            return Access.of(
                    List.of(
                            new TokenFile(
                                    file, InstantSource.system(), new SimpleMeterRegistry())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(String name, ApiToken token, String permission, String repository) {
        return new TokenEntry(name, token.hash(), List.of(permission), List.of(repository), null)
                .write();
    }

    private ServedSample serve() {
        return new ServedSample(
                new Receivers(this::poke, (forge, header, body) -> {}),
                ApiLimits.TIMEOUT,
                access());
    }

    private void poke(String repository) {
        if (!List.of(OWN, FOREIGN).contains(repository)) {
            throw new TideScopeException(ErrorCode.NOT_FOUND, repository + " is not followed");
        }
        poked.add(repository);
    }

    @BeforeEach
    void hide() throws Exception {
        with.index
                .put(FOREIGN, SampleIndex.MAIN, "vault/src/Hoard.java", "class Hoard { Foo foo; }")
                .put(FOREIGN, SampleIndex.MAIN, "src/Foo.java", "class Foo { Foo next; }")
                .put(FOREIGN, SampleIndex.MAIN, "Broken.java", ServedSample.BROKEN)
                .put(FOREIGN, "refs/heads/hidden", "src/Foo.java", "class Foo {}");
        with.store.mark(SampleIndex.marker(FOREIGN, SampleIndex.MAIN, FOREIGN_COMMIT, true));
        with.store.mark(SampleIndex.marker(FOREIGN, "refs/heads/hidden", FOREIGN_COMMIT, false));
        description = with.client.ask("/openapi.json").body();
    }

    @AfterEach
    void stop() {
        with.close();
        without.close();
    }

    /** An operation of the description with one choice of what is asked. */
    private record Question(String method, String path, Map<String, String> arguments) {
        Reply askedBy(String token, ServedSample of) throws Exception {
            ApiClient client = ApiClient.of(of.api.port(), token);
            if (method.equals("POST") && path.contains("search")) {
                ObjectNode body = JSON.createObjectNode();
                arguments.forEach(
                        (name, value) -> {
                            switch (name) {
                                case "countOnly", "explain" -> body.put(name, true);
                                case "limit" -> body.put(name, Integer.parseInt(value));
                                case "rule" -> body.putObject(name).put("kind", value);
                                default -> body.put(name, value);
                            }
                        });
                return client.post(
                        path, JSON.writeValueAsBytes(body), "Content-Type", "application/json");
            }
            StringBuilder query = new StringBuilder(path);
            char join = '?';
            for (Map.Entry<String, String> argument : arguments.entrySet()) {
                query.append(join)
                        .append(argument.getKey())
                        .append('=')
                        .append(URLEncoder.encode(argument.getValue(), StandardCharsets.UTF_8));
                join = '&';
            }
            return client.send(method, query.toString());
        }

        Question with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(arguments);
            more.put(name, value);
            return new Question(method, path, more);
        }
    }

    /** An operation and what a caller must be permitted for it; empty for none. */
    private record Operation(Question question, String permission, List<String> parameters) {}

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        description
                .get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                method ->
                                                        operations.add(
                                                                operation(
                                                                        method.getKey(),
                                                                        path.getKey(),
                                                                        method.getValue()))));
        return operations;
    }

    private Operation operation(String method, String path, JsonNode described) {
        assertThat(described.has("security")).as(path).isTrue();
        List<String> parameters = new ArrayList<>();
        described
                .path("parameters")
                .forEach(
                        parameter ->
                                parameters.add(
                                        (parameter.has("$ref")
                                                        ? description.at(
                                                                parameter
                                                                        .get("$ref")
                                                                        .asText()
                                                                        .substring(1))
                                                        : parameter)
                                                .get("name")
                                                .asText()));
        if (path.endsWith("/search/structural")) {
            parameters.addAll(
                    List.of(
                            "rule",
                            "repository",
                            "ref",
                            "limit",
                            "countOnly",
                            "explain",
                            "min_revision"));
        }
        Question question =
                new Question(
                        method.toUpperCase(Locale.ROOT),
                        path.replace("{forge}", "github").replace("{name}", "none"),
                        Map.of());
        for (Map.Entry<String, String> needed :
                Map.of(
                                "q",
                                "Foo",
                                "name",
                                "Foo",
                                "path",
                                "src/Foo.java",
                                "rule",
                                "class_declaration")
                        .entrySet()) {
            if (parameters.contains(needed.getKey())) {
                question = question.with(needed.getKey(), needed.getValue());
            }
        }
        return new Operation(
                question,
                described.at("/security/0/bearer/0").asText().replace("tidescope:", ""),
                parameters);
    }

    private List<Operation> readable() {
        return operations().stream().filter(it -> it.permission().equals("read")).toList();
    }

    /** The question in the ways in which it can be asked about a repository, or about all. */
    private static List<Question> about(Operation operation, String repository) {
        List<String> parameters = operation.parameters();
        Question question = operation.question();
        List<Question> questions = new ArrayList<>();
        if (parameters.contains("revision")) {
            question = question.with("revision", FOREIGN_COMMIT);
        }
        if (!repository.isEmpty()) {
            if (!parameters.contains("repository")) {
                return List.of();
            }
            question = question.with("repository", repository);
        }
        questions.add(question);
        for (String ref : List.of(Scope.ALL_REFS, SampleIndex.MAIN, "refs/heads/hidden")) {
            if (parameters.contains("ref")) {
                questions.add(question.with("ref", ref));
            }
        }
        for (Map.Entry<String, String> choice :
                Map.of(
                                "match", "prefix",
                                "prefix", "vault",
                                "limit", "1",
                                "include", "source,tree,outline,problems",
                                "countOnly", "true",
                                "explain", "true")
                        .entrySet()) {
            if (parameters.contains(choice.getKey())) {
                questions.add(question.with(choice.getKey(), choice.getValue()));
            }
        }
        if (parameters.contains("min_revision")) {
            String of = repository.isEmpty() ? FOREIGN : repository;
            for (String bound : List.of(FOREIGN_COMMIT, of + '@' + FOREIGN_COMMIT)) {
                questions.add(question.with("min_revision", bound).with("wait", "0s"));
            }
        }
        return questions;
    }

    @Test
    void everyOperationSaysWhatItNeedsAndNeedsIt() throws Exception {
        for (Operation operation : operations()) {
            String what = operation.question().toString();
            Question question = operation.question().with("repository", OWN);
            Reply anonymous = question.askedBy("", with);
            if (operation.permission().isEmpty()) {
                assertThat(anonymous.status()).as(what).isNotIn(401, 403);
                continue;
            }
            assertThat(anonymous.status()).as(what).isEqualTo(401);
            assertThat(anonymous.header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"tidescope\"");
            if (question.method().equals("GET")) {
                Question head = new Question("HEAD", question.path(), question.arguments());
                assertThat(head.askedBy("", with).status()).as(what).isEqualTo(401);
            }
            Reply wrong = question.askedBy(UNKNOWN.text(), with);
            assertThat(wrong.status()).as(what).isEqualTo(401);
            assertThat(wrong.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
            assertThat(wrong.body().get("code").asText()).isEqualTo("UNAUTHENTICATED");
            for (Map.Entry<String, ApiToken> caller :
                    Map.of("read", READ_OWN, "publish", PUBLISH, "admin", ADMIN).entrySet()) {
                int status = question.askedBy(caller.getValue().text(), with).status();
                if (caller.getKey().equals(operation.permission())) {
                    assertThat(status).as(what).isNotIn(401, 403);
                } else {
                    assertThat(status).as(what + caller.getKey()).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void whatIsAboutTheWholeIndexIsForWhoMaySeeAllOfIt() throws Exception {
        List<Operation> administrative =
                operations().stream().filter(it -> it.permission().equals("admin")).toList();
        assertThat(administrative).hasSizeGreaterThan(10);
        for (Operation operation : administrative) {
            Reply reply = operation.question().askedBy(ADMIN_OWN.text(), with);
            assertThat(reply.status()).as(operation.toString()).isEqualTo(403);
            assertTellsNothing(operation.question(), reply);
        }
    }

    @Test
    void anAnswerIsAsIfThereWereNothingElse() throws Exception {
        int asked = 0;
        for (Operation operation : readable()) {
            for (String repository : List.of("", OWN, FOREIGN, ABSENT)) {
                for (Question question : about(operation, repository)) {
                    for (ApiToken token : List.of(READ_OWN, READ_NONE)) {
                        Reply reply = question.askedBy(token.text(), with);
                        Reply bare = question.askedBy(token.text(), without);

                        assertThat(reply.body()).as(question.toString()).isEqualTo(bare.body());
                        assertThat(reply.status()).isEqualTo(bare.status());
                        assertThat(reply.status()).as(question.toString()).isNotEqualTo(403);
                        assertThat(headers(reply)).isEqualTo(headers(bare));
                        if (repository.isEmpty() && !question.arguments().containsKey("ref")) {
                            assertTellsNothing(question, reply);
                        }
                        asked++;
                    }
                }
            }
        }
        assertThat(asked).isGreaterThan(100);
    }

    @Test
    void aForeignRepositoryIsAnAbsentOneInAllButName() throws Exception {
        for (Operation operation : readable()) {
            List<Question> foreign = about(operation, FOREIGN);
            List<Question> absent = about(operation, ABSENT);
            for (int i = 0; i < foreign.size(); i++) {
                Reply one = foreign.get(i).askedBy(READ_OWN.text(), with);
                Reply other = absent.get(i).askedBy(READ_OWN.text(), with);

                assertThat(one.status()).isEqualTo(other.status());
                assertThat(one.response().body().replace(FOREIGN, ABSENT))
                        .isEqualTo(other.response().body());
            }
        }
    }

    /** Else the comparisons above would hold for an index that hides everything from everybody. */
    @Test
    void whoMaySeeItDoes() throws Exception {
        for (Operation operation : readable()) {
            for (Question question : about(operation, "")) {
                if (question.arguments().size() > operation.question().arguments().size()) {
                    continue;
                }
                boolean needsOne = operation.question().path().contains("/document");
                Question whole = needsOne ? question.with("repository", FOREIGN) : question;
                Reply all = whole.askedBy(READ_ALL.text(), with);
                Reply own = whole.askedBy(READ_OWN.text(), with);

                assertThat(all.status()).as(whole.toString()).isEqualTo(200);
                assertThat(all.body()).as(whole.toString()).isNotEqualTo(own.body());
            }
        }
        Question revision =
                new Question("GET", "/api/v1/revisions", Map.of("revision", FOREIGN_COMMIT));
        assertThat(revision.askedBy(READ_ALL.text(), with).body().get("state").asText())
                .isEqualTo("indexed");
        assertThat(revision.askedBy(READ_OWN.text(), with).body().get("state").asText())
                .isEqualTo("unknown");
    }

    @Test
    void pagesNeverCrossWhatMayNotBeSeen() throws Exception {
        Question first =
                new Question(
                        "GET",
                        "/api/v1/occurrences",
                        Map.of("name", "Foo", "limit", "1", "ref", Scope.ALL_REFS));
        List<String> cursors = new ArrayList<>();
        Question next = first;
        while (true) {
            Reply reply = next.askedBy(READ_OWN.text(), with);
            Reply bare = next.askedBy(READ_OWN.text(), without);
            assertThat(reply.body()).isEqualTo(bare.body());
            assertTellsNothing(next, reply);
            JsonNode cursor = reply.body().get("nextCursor");
            if (cursor.isNull()) {
                break;
            }
            cursors.add(cursor.asText());
            next = first.with("cursor", cursor.asText());
        }
        assertThat(cursors).isNotEmpty();
        String foreign =
                first.with("repository", FOREIGN)
                        .askedBy(READ_ALL.text(), with)
                        .body()
                        .get("nextCursor")
                        .asText();
        assertThat(
                        first.with("repository", FOREIGN)
                                .with("cursor", foreign)
                                .askedBy(READ_OWN.text(), with)
                                .status())
                .isEqualTo(404);
    }

    @Test
    void pokesReachOnlyWhatMayBeSeen() throws Exception {
        Question poke = new Question("POST", "/api/v1/poke", Map.of());
        Reply own = poke.with("repository", OWN).askedBy(PUBLISH.text(), with);
        Reply foreign = poke.with("repository", FOREIGN).askedBy(PUBLISH.text(), with);
        Reply absent = poke.with("repository", ABSENT).askedBy(PUBLISH.text(), with);

        assertThat(own.status()).isEqualTo(202);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.response().body().replace(FOREIGN, ABSENT))
                .isEqualTo(absent.response().body());
        assertThat(poked).containsExactly(OWN);
    }

    @Test
    void tricksWithPathsAndHeadersOpenNothing() throws Exception {
        for (String path :
                List.of(
                        "/api/v1/status/",
                        "/api/v1//status",
                        "/api/v1/./status",
                        "/api/v1/x/../status",
                        "/api/v1/%73tatus",
                        "/api/v1/status;a=b",
                        "/API/v1/status",
                        "/health/../api/v1/status")) {
            assertThat(with.client.get(path).status()).as(path).isNotEqualTo(200);
        }
        assertThat(ApiClient.of(with.api.port(), READ_ALL.text() + " x").ask("/status").status())
                .isEqualTo(401);
        assertThat(with.client.send("HEAD", "/api/v1/repositories").response().body()).isEmpty();
    }

    private static void assertTellsNothing(Question question, Reply reply) {
        String said = reply.response().body();
        for (String secret : SECRETS) {
            if (!question.arguments().values().stream().anyMatch(it -> it.contains(secret))) {
                assertThat(said).as(question.toString()).doesNotContain(secret);
            }
        }
    }

    private static Map<String, List<String>> headers(Reply reply) {
        Map<String, List<String>> headers = new LinkedHashMap<>(reply.response().headers().map());
        headers.keySet().removeIf(name -> List.of("date", "x-request-id").contains(name));
        return headers;
    }
}
