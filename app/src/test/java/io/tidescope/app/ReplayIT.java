package io.tidescope.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.testing.Corpus;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.ExpectedDocument;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.IndexClient.Response;
import io.tidescope.testing.IndexEqualsOracle;
import io.tidescope.testing.NoGhostSymbols;
import io.tidescope.testing.Oracle;
import io.tidescope.testing.Release;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The index of real releases made anew while it answers: what it says before, meanwhile and
 * afterwards is the same, whatever is pushed and whoever is killed.
 */
@Timeout(900)
class ReplayIT {
    private static final String LIBRARY = "gson";
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    private GitRepository repository;
    private Path data;
    private Map<String, ExpectedDocument> first;
    private Instant between;

    /** Two releases are pushed, so that files were changed and deleted. */
    @BeforeEach
    void push() {
        data = directory.resolve("data");
        repository = GitRepository.create(directory.resolve(LIBRARY));
        List<Release> releases = Corpus.open().releases(LIBRARY, 2);
        repository.replaceAll(releases.getFirst().files()).commit("first");
        first = Oracle.read(repository.files("HEAD"));
        try (TideScopeProcess up = up()) {
            IndexClient index = new IndexClient(up.awaitServing());
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            between = Instant.now();
            repository
                    .replaceAll(releases.getLast().files())
                    .write("Kept.java", "class KeptByThePush {}\n")
                    .commit("second");
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            assertThat(up.stop()).isZero();
        }
    }

    @Test
    void theIndexMadeAnewSaysTheSameAndGoesOn() throws Exception {
        try (TideScopeProcess up = up()) {
            URI address = up.awaitServing();
            IndexClient index = new IndexClient(address);
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            List<JsonNode> before = answers(index);

            try (Watch watch = new Watch(index, repository.head())) {
                replay("beginning");
                watch.check();
            }
            assertThat(answers(index)).isEqualTo(before);
            assertSameAsCheckout(index);
            assertThat(data.resolve("store-1")).isDirectory();
            assertThat(data.resolve("store")).doesNotExist();

            try (Watch watch = new Watch(index, repository.head())) {
                CompletableFuture<Void> replayed =
                        CompletableFuture.runAsync(() -> replay(between.toString()));
                repository
                        .write("Pushed.java", "class PushedMeanwhile {}\n")
                        .delete("Kept.java")
                        .commit("meanwhile");
                index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
                replayed.join();
                watch.check();
            }
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            assertThat(symbols(index, "PushedMeanwhile")).hasSize(1);
            assertThat(symbols(index, "KeptByThePush")).isEmpty();
            assertSameAsCheckout(index);
            assertThat(data.resolve("store-1")).doesNotExist();
            assertThat(up.stop()).isZero();
        }
        try (TideScopeProcess up = up()) {
            IndexClient index = new IndexClient(up.awaitServing());
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            assertSameAsCheckout(index);
            repository.write("Later.java", "class AfterTheRestart {}\n").commit("later");
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            assertThat(symbols(index, "AfterTheRestart")).hasSize(1);
            assertThat(Files.readString(data.resolve("index"))).isEqualTo("live=2\n");
        }
    }

    @Test
    void whoIsKilledInTheMiddleGoesOnWithTheIndexThatAnswered() throws Exception {
        List<JsonNode> before;
        try (TideScopeProcess up = up()) {
            URI address = up.awaitServing();
            IndexClient index = new IndexClient(address);
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            before = answers(index);
            assertThat(post(address, "beginning").status()).isEqualTo(202);
            Eventually.until(
                    LIMIT,
                    "the next index has a store",
                    () -> Files.exists(data.resolve("store-1")));
            up.kill();
        }
        try (TideScopeProcess up = up()) {
            IndexClient index = new IndexClient(up.awaitServing());
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);
            assertThat(answers(index)).isEqualTo(before);
            assertSameAsCheckout(index);
            Eventually.until(
                    LIMIT,
                    "only the index that answers is left",
                    () -> note().lines().count() == 1 && stores().size() == 1);

            replay("beginning");
            assertThat(answers(index)).isEqualTo(before);
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedAndChangesNothing() throws Exception {
        try (TideScopeProcess up = up()) {
            URI address = up.awaitServing();
            IndexClient index = new IndexClient(address);
            index.awaitIndexed(LIBRARY, repository.head(), LIMIT);

            for (String from :
                    new String[] {
                        "", "yesterday", "offset:x", "offset:0=1,0=2", "2999-01-01T00:00:00Z"
                    }) {
                Response refused = post(address, from);
                assertThat(refused.status()).as(from).isEqualTo(400);
                assertThat(refused.json().path("parameter").asText()).isEqualTo("from");
            }
            assertThat(state(index)).isEqualTo("none");

            assertThat(post(address, "offset:99=0").status()).isEqualTo(202);
            awaitEnd(index, "failed");
            assertThat(index.read("/admin/replay", Map.of()).path("failure").asText())
                    .contains("There is no partition 99");

            assertThat(post(address, "beginning").status()).isEqualTo(202);
            Response second = post(address, "beginning");
            assertThat(second.status()).isEqualTo(412);
            assertThat(second.json().path("detail").asText()).contains("goes on");
            awaitEnd(index, "done");
            assertSameAsCheckout(index);
        }
    }

    private TideScopeProcess up() {
        return TideScopeProcess.launch(data, List.of(), List.of(repository.directory().toString()));
    }

    private void replay(String from) {
        TideScopeProcess.run(LIMIT, "admin", "replay", "--from", from, "--data", data.toString());
    }

    private static void awaitEnd(IndexClient index, String state) {
        Eventually.until(LIMIT, "the replay is " + state, () -> state(index).equals(state));
    }

    private static String state(IndexClient index) {
        return index.read("/admin/replay", Map.of()).path("state").asText();
    }

    private String note() {
        try {
            return Files.readString(data.resolve("index"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> stores() {
        try (var entries = Files.list(data)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("store"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response post(URI address, String from) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/api/v1/admin/replay"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(Map.of("from", from))))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Response(response.statusCode(), JSON.readTree(response.body()));
        }
    }

    private void assertSameAsCheckout(IndexClient index) {
        Map<String, ExpectedDocument> now = Oracle.read(repository.files("HEAD"));
        new IndexEqualsOracle(index, LIBRARY).check(now);
        assertThat(new NoGhostSymbols(index, LIBRARY).check(first, now)).isPositive();
    }

    /** What is there, and all of every tenth document. */
    private static List<JsonNode> answers(IndexClient index) {
        List<JsonNode> answers = new ArrayList<>(index.list("/repositories", Map.of()));
        List<JsonNode> documents = index.list("/documents", Map.of("repository", LIBRARY));
        answers.addAll(documents);
        for (int number = 0; number < documents.size(); number += 10) {
            answers.add(
                    index.read(
                            "/document",
                            Map.of(
                                    "repository",
                                    LIBRARY,
                                    "path",
                                    documents.get(number).path("path").asText(),
                                    "include",
                                    "source,tree,outline,problems")));
        }
        return answers;
    }

    private static List<JsonNode> symbols(IndexClient index, String name) {
        return index.list("/symbols", Map.of("q", name, "match", "exact"));
    }

    /**
     * Asks again and again while it is open: about what no push changes, and with the revision that
     * was indexed when it began, which must never be unknown again.
     */
    private static final class Watch implements AutoCloseable {
        private final IndexClient index;
        private final Map<String, String> question;
        private final List<JsonNode> expected;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final CompletableFuture<Integer> asked;

        Watch(IndexClient index, String revision) {
            this.index = index;
            question =
                    Map.of(
                            "q",
                            "Gson",
                            "match",
                            "prefix",
                            "repository",
                            LIBRARY,
                            "min_revision",
                            revision);
            expected = ask();
            asked = CompletableFuture.supplyAsync(this::askOn);
        }

        private List<JsonNode> ask() {
            return index.list("/symbols", question);
        }

        private int askOn() {
            int count = 0;
            while (!ended.get()) {
                assertThat(ask()).isEqualTo(expected);
                count++;
            }
            return count;
        }

        /** Ends it; every answer must have been right. */
        void check() {
            assertThat(expected).isNotEmpty();
            ended.set(true);
            assertThat(asked.join()).isPositive();
        }

        @Override
        public void close() {
            ended.set(true);
        }
    }
}
