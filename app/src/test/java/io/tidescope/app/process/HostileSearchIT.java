package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Searches that are meant to hurt are refused with a reason, or end in their time. */
@Timeout(300)
final class HostileSearchIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Well above the time that a search gets, for a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir private Path temporary;

    @Test
    void what_is_meant_to_hurt_is_refused_or_ends() throws Exception {
        GitRepository repository = GitRepository.create(temporary.resolve("shop"));
        repository.write("Wide.java", wide()).write("Deep.java", deep()).commit("Much");
        Path data = repository.directory().resolve(".tidescope");
        try (TideScopeProcess up =
                        TideScopeProcess.launch(
                                data, List.of(), List.of(repository.directory().toString()));
                HttpClient http = HttpClient.newHttpClient()) {
            URI server = up.awaitServing();
            new IndexClient(server).awaitIndexed("shop", repository.head(), LIMIT);
            Searches searches = new Searches(http, server);

            searches.refused(pattern("(".repeat(900) + "a" + ")".repeat(900)), "nested");
            searches.refused(pattern("{".repeat(3_000) + "}".repeat(3_000)), "nested");
            searches.refused(rule("{\"not\":", 400), "rule");
            searches.refused(rule("{\"not\":", 2_000), "depth");
            searches.refused("{\"rule\": {\"regex\": \"((a{100}){100}){100}\"}}", "repeats");
            searches.answered("{\"rule\": {\"regex\": \"(a|a)*(a|b)*c{50}zzz\"}}");
            searches.answered("{\"rule\": {\"regex\": \"(.*1){20}\"}, \"countOnly\": true}");
            searches.answered(pattern("$F(" + holes(20, ", ") + ", zzz)"));
            searches.answered(pattern("{ " + holes(12, ";\\n") + ";\\nzzz(); }"));
            searches.answered("{\"pattern\": \"$A\", \"limit\": 100000}");
            searches.answered(nested(6));
            assertThat(searches.answered(pattern("wide($$$A)")).path("count").asInt()).isOne();
        }
    }

    /** Asks as any client does. */
    private record Searches(HttpClient http, URI server) {
        void refused(String question, String reason) throws Exception {
            HttpResponse<String> response = ask(question);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).path("detail").asText())
                    .containsIgnoringCase(reason);
        }

        /** Whether it found everything or says that it did not. */
        JsonNode answered(String question) throws Exception {
            HttpResponse<String> response = ask(question);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            JsonNode answer = JSON.readTree(response.body());
            assertThat(answer.path("complete").asBoolean() || answer.hasNonNull("reason"))
                    .as(question)
                    .isTrue();
            return answer;
        }

        private HttpResponse<String> ask(String question) throws Exception {
            HttpRequest request =
                    HttpRequest.newBuilder(server.resolve("/api/v1/search/structural"))
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(question))
                            .build();
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private static String pattern(String text) {
        return "{\"pattern\": \"" + text + "\"}";
    }

    private static String rule(String beginning, int times) {
        return "{\"rule\": "
                + beginning.repeat(times)
                + "{\"kind\": \"IfStmt\"}"
                + "}".repeat(times + 1);
    }

    /** Holes for many, and between them one hole whose code must always be the same. */
    private static String holes(int count, String between) {
        return IntStream.range(0, count)
                .mapToObj(i -> "$$$A" + (char) ('A' + i) + between + "$X")
                .collect(Collectors.joining(between));
    }

    /** A descendant of a descendant, each of which may be any, and all of one name. */
    private static String nested(int depth) {
        String rule = "{\"pattern\": \"zzz($X)\"}";
        for (int i = 0; i < depth; i++) {
            rule =
                    "{\"all\": [{\"kind\": \"BlockStmt\"}, {\"has\": {\"all\": [%s], \"stopBy\": \"end\"}}]}"
                            .formatted(rule);
        }
        return "{\"rule\": " + rule + "}";
    }

    /** A call of many arguments, many statements, and much text. */
    private static String wide() {
        String arguments =
                IntStream.range(0, 400)
                        .mapToObj(i -> i % 3 == 0 ? "a" : "b" + i)
                        .collect(Collectors.joining(", "));
        String statements =
                IntStream.range(0, 8_000)
                        .mapToObj(i -> "a%d(%d, \"aaaaaaaaaaaaaaaaaaaaaaaa\");".formatted(i % 7, i))
                        .collect(Collectors.joining("\n"));
        return "class Wide { void a() { wide(%s); %s } }".formatted(arguments, statements);
    }

    private static String deep() {
        return "class Deep { void a() " + "{".repeat(300) + "a();" + "}".repeat(300) + " }";
    }
}
