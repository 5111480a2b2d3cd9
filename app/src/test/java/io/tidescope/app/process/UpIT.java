package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.Namespace;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code tidescope up} as a user meets it. */
@Timeout(300)
final class UpIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PARTITIONS = 2;
    private static final Pattern ADMIN =
            Pattern.compile("Health and metrics are at (\\S+)/health and /metrics");

    @TempDir private Path temporary;
    private GitRepository repository;
    private Path data;

    @BeforeEach
    void makeRepository() {
        repository = GitRepository.create(temporary.resolve("the shop"));
        repository
                .write("src/shop/Basket.java", "package shop; public class Basket { int size; }\n")
                .write("README.md", "# Shop\n")
                .commit("Basket");
        data = repository.directory().resolve(".tidescope");
    }

    @Test
    void indexesFollowsAndContinuesWithoutParsingAgain() throws Exception {
        List<String> before = gitFiles();
        long records;
        try (TideScopeProcess up = up()) {
            URI address = up.awaitServing();
            IndexClient index = new IndexClient(address);
            awaitSymbols(index, "Basket", 1);
            awaitPrinted(up, "curl ");
            assertThat(up.printed()).contains("TideScope answers at " + address);
            assertThat(examples(up)).hasSize(3).allSatisfy(UpIT::assertFindsBasket);
            assertThat(gitFiles()).isEqualTo(before);
            assertTellsHowItDoes(up);
            assertIsVerified(up);

            repository
                    .write("src/shop/Till.java", "package shop; class Till { Basket basket; }\n")
                    .delete("src/shop/Basket.java");
            String commit = repository.commit("Till");
            index.awaitIndexed("the shop", commit, LIMIT);
            awaitSymbols(index, "Till", 1);
            awaitSymbols(index, "Basket", 0);
            assertThat(repository.git("ls-files"))
                    .contains("Till.java")
                    .doesNotContain(".tidescope/");

            Launcher.Ended query = run("query", "symbols", "Till");
            assertThat(query.exit()).as(query.output()).isZero();
            assertThat(query.output()).startsWith("src/shop/Till.java:1: class shop.Till");

            Launcher.Ended second = run("up", "--port", "0");
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by process " + up.pid());

            records = documentRecords(up);
            interrupt(up.pid());
        }
        assertThat(data.resolve("endpoints")).doesNotExist();
        try (TideScopeProcess up = up()) {
            IndexClient index = new IndexClient(up.awaitServing());
            awaitSymbols(index, "Till", 1);
            awaitSymbols(index, "Basket", 0);
            assertThat(documentRecords(up)).isEqualTo(records);
            assertThat(up.stop()).isZero();
        }
    }

    @Test
    void healsWhenTheBrokerIsKilledAndStartsAfterEverythingWasKilled() throws Exception {
        try (TideScopeProcess up = up()) {
            IndexClient index = new IndexClient(up.awaitServing());
            awaitSymbols(index, "Basket", 1);
            up.killBroker();
            repository.write("src/shop/Till.java", "package shop; class Till {}\n").commit("Till");
            awaitSymbols(index, "Till", 1);
            up.kill();
        }
        repository.write("src/shop/Door.java", "package shop; class Door {}\n").commit("Door");
        try (TideScopeProcess up = up()) {
            IndexClient index = new IndexClient(up.awaitServing());
            awaitSymbols(index, "Door", 1);
            awaitSymbols(index, "Till", 1);
            awaitSymbols(index, "Basket", 1);
        }
    }

    @Test
    void servesWhatItCanWhenAFileAndARepositoryCannotBeRead() throws Exception {
        repository.write("src/shop/Till.java", "package shop; class Till {}\n").commit("Till");
        String blob = repository.git("rev-parse", "HEAD:src/shop/Till.java").strip();
        Path object = Path.of(blob.substring(0, 2), blob.substring(2));
        Files.delete(repository.directory().resolve(".git/objects").resolve(object));
        GitRepository other = GitRepository.create(temporary.resolve("other"));
        other.write("Other.java", "class Other {}\n").commit("Other");
        Files.writeString(other.directory().resolve(".git/refs/heads/main"), "no commit\n");

        try (TideScopeProcess up = up(other.directory().toString())) {
            awaitSymbols(new IndexClient(up.awaitServing()), "Basket", 1);
            awaitPrinted(up, "Ctrl-C stops it");
            assertThat(up.printed())
                    .contains("the shop: src/shop/Till.java of refs/heads/main cannot be indexed")
                    .contains("other: ");
            assertThat(up.stop()).isZero();
        }
    }

    @Test
    void publishesWithoutADaemonAndAnUpFindsItAllThere() throws Exception {
        String directory = repository.directory().toString();
        Launcher.Ended first = run("publish", directory, "--partitions", "2");
        assertThat(first.exit()).as(first.output()).isZero();
        assertThat(first.output())
                .isEqualToIgnoringNewLines(
                        "the shop refs/heads/main " + repository.head() + ": 1 written, 0 removed");
        Launcher.Ended second = run("publish", directory, "--partitions", "2");
        assertThat(second.output()).isEqualToIgnoringNewLines("the shop is up to date.");
        Path secret = Files.writeString(temporary.resolve("secret"), "It's a secret\n");

        try (TideScopeProcess up = up("--webhook-secret-file", secret.toString())) {
            URI address = up.awaitServing();
            awaitSymbols(new IndexClient(address), "Basket", 1);
            assertThat(gitlabPush(address, "It's a secret")).isEqualTo(202);
            assertThat(gitlabPush(address, "a guess")).isEqualTo(401);
        }
    }

    /** A push of a repository that is followed, as GitLab tells of it. */
    private static int gitlabPush(URI address, String token) throws Exception {
        String push =
                """
                {"object_kind": "push", "ref": "refs/heads/main",
                 "project": {"path_with_namespace": "the shop"}}
                """;
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/webhooks/gitlab"))
                        .header("Content-Type", "application/json")
                        .header("X-Gitlab-Event", "Push Hook")
                        .header("X-Gitlab-Token", token)
                        .POST(HttpRequest.BodyPublishers.ofString(push))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void endsWithTheReasonWhenTheStoreCannotGoOn() throws Exception {
        try (TideScopeProcess up = up()) {
            awaitSymbols(new IndexClient(up.awaitServing()), "Basket", 1);
            byte[] ofUnknownSchema = {0, 0, 0, 3, (byte) 0xE7, 1};
            byte[] key = new DocumentKey("a/b", "refs/heads/main", "A.java").toBytes();
            Map<String, Object> properties =
                    Map.of("bootstrap.servers", up.endpoints().getProperty("bootstrap"));
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(
                            properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.send(
                        new ProducerRecord<>(Namespace.NONE.documents(), 0, key, ofUnknownSchema));
            }

            assertThat(up.awaitExit()).as(up.printed()).isEqualTo(1);
            assertThat(up.printed())
                    .contains("tidescope: the store cannot go on: there is no schema 999");
        }
    }

    @Test
    void refusesAPortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(
                    "port " + port + " is already in use; choose another with --port",
                    "up",
                    "--port",
                    port);
        }
    }

    @Test
    void refusesADataDirectoryOfAnotherVersion() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("VERSION"), "99\n");
        assertRefused("has format 99 and this TideScope reads format 1", "up", "--port", "0");
    }

    @Test
    void refusesWhatIsNoRepository() throws Exception {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        assertRefused(empty + " is not a git repository", "up", empty.toString());
    }

    @Test
    void saysThatNothingRunsWhenNothingDoes() throws Exception {
        assertRefused("nothing answers at", "query", "status", "--url", "http://127.0.0.1:1");
    }

    /** The questions that it printed to be tried. */
    private static void assertTellsHowItDoes(TideScopeProcess up) throws Exception {
        Matcher admin = ADMIN.matcher(up.printed());
        assertThat(admin.find()).as(up.printed()).isTrue();
        assertThat(get(admin.group(1) + "/health"))
                .startsWith("{\"status\":\"up\",\"ready\":true,\"reasons\":[]")
                .contains(
                        "\"disk\"",
                        "\"ingest\"",
                        "\"kafka\"",
                        "\"parser\"",
                        "\"query-engine\"",
                        "\"registry\"",
                        "\"repository\"");
        assertThat(get(admin.group(1) + "/metrics"))
                .contains(
                        "tide_scope_ast_requests_total{",
                        "tide_scope_ast_parse_duration_count{",
                        "tide_scope_ast_repository_size{",
                        "tide_scope_ast_ingest_publishes_total 1.0",
                        "tide_scope_ast_consumer_lag_records{");
    }

    private void assertIsVerified(TideScopeProcess up) throws Exception {
        Matcher admin = ADMIN.matcher(up.printed());
        assertThat(admin.find()).isTrue();
        Launcher.Ended verified =
                run("verify", "--admin", URI.create(admin.group(1)).getAuthority());
        assertThat(verified.exit()).as(verified.output()).isZero();
        assertThat(verified.output())
                .contains("ok        API: 1 documents in 2 partitions")
                .contains("ok        revisions: 1 refs, each indexed as published")
                .contains("ok        parsing: ", "ok        events: ", "ok        health of ")
                .contains("ok        metrics of ", "8 looked at, 0 failed");
    }

    private static String get(String address) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static List<String> examples(TideScopeProcess up) {
        return up.printed()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains(" query ") || line.startsWith("curl "))
                .toList();
    }

    /** As it stands, in a shell. */
    private static void assertFindsBasket(String example) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", example)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().put("TIDESCOPE_BUILD", "never");
        Process asked = shell.start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.waitFor()).as(answer).isZero();
        assertThat(answer).as(example).contains("src/shop/Basket.java");
    }

    /** What git keeps of the repository, hooks and configuration included. */
    private List<String> gitFiles() throws IOException {
        try (Stream<Path> all = Files.walk(repository.directory().resolve(".git"))) {
            return all.map(path -> path + " " + path.toFile().lastModified()).sorted().toList();
        }
    }

    private static void awaitPrinted(TideScopeProcess up, String text) {
        Eventually.until(
                LIMIT, "up prints " + text, () -> up.printed().contains(text), up::printed);
    }

    private void assertRefused(String reason, String... arguments) throws Exception {
        Launcher.Ended ended = run(arguments);
        assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).startsWith("tidescope: ").contains(reason);
        assertThat(ended.output().lines()).hasSize(1);
    }

    private Launcher.Ended run(String... arguments) throws Exception {
        return Launcher.run(repository.directory(), arguments);
    }

    private TideScopeProcess up(String... others) {
        List<String> arguments = new ArrayList<>(List.of(repository.directory().toString()));
        arguments.addAll(List.of(others));
        arguments.addAll(List.of("--partitions", Integer.toString(PARTITIONS)));
        return TideScopeProcess.launch(
                data, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), arguments);
    }

    /**
     * What a terminal sends on Ctrl-C. A build in the background of a shell has its children ignore
     * that; then what {@code kill} sends, which does the same.
     */
    private static void interrupt(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        String signal = ignoresInterrupts(pid) ? "-TERM" : "-INT";
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
        process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static boolean ignoresInterrupts(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(
                                line ->
                                        (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2)
                                                != 0);
    }

    private static void awaitSymbols(IndexClient index, String name, int count) {
        Eventually.until(
                LIMIT,
                name + " is found " + count + " times",
                () -> {
                    IndexClient.Response response = index.ask("/symbols", Map.of("q", name));
                    return response.status() == 200
                            && response.json().path("complete").asBoolean()
                            && response.json().path("items").size() == count;
                },
                () -> index.ask("/symbols", Map.of("q", name)).toString());
    }

    /** Ends of the documents topic: every parse adds a record. */
    private static long documentRecords(TideScopeProcess up) throws Exception {
        Map<TopicPartition, OffsetSpec> ends =
                IntStream.range(0, PARTITIONS)
                        .mapToObj(number -> new TopicPartition(Namespace.NONE.documents(), number))
                        .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        try (Admin admin =
                Admin.create(
                        Map.of("bootstrap.servers", up.endpoints().getProperty("bootstrap")))) {
            return admin.listOffsets(ends).all().get(30, TimeUnit.SECONDS).values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }
}
