package io.tidescope.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.trace.OtlpReceiver.Received;
import io.tidescope.schemas.Namespace;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** From a commit to what is stored, and from a question to its answers: one trace each. */
@Timeout(400)
final class TracingIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int PARTITIONS = 2;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @TempDir private Path temporary;
    private GitRepository shop;
    private OtlpReceiver receiver;
    private int commits;

    @BeforeEach
    void start() throws IOException {
        shop = GitRepository.create(temporary.resolve("shop"));
        commit();
        receiver = OtlpReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private void commit() {
        shop.write("Basket.java", "class Basket { int v" + ++commits + "; }").commit("next");
    }

    @Test
    void aCommitIsOneTraceFromItsHookToTheStoreAndAQuestionIsAnother() throws Exception {
        try (TideScopeProcess cluster =
                TideScopeProcess.launchCluster(
                        temporary.resolve("data"),
                        arguments("--stores", "1", "--trace", receiver.endpoint().toString()))) {
            URI gateway = cluster.awaitServing();
            IndexClient index = new IndexClient(gateway);
            index.awaitIndexed("shop", shop.head(), LIMIT);
            TideScopeProcess.run(
                    "hook",
                    "install",
                    shop.directory().toString(),
                    "--url",
                    cluster.endpoints().getProperty("pokes"));
            // Now and then the poll is first, and the hook comes to find nothing left to do.
            Eventually.until(
                    LIMIT,
                    "the trace of a commit",
                    () -> {
                        commit();
                        index.awaitIndexed("shop", shop.head(), LIMIT);
                        return receiver.spans().stream().anyMatch(this::isCompleteTraceOfCommit);
                    },
                    () -> receiver.spans().toString());
            assertThat(tracedRecords(cluster, Namespace.NONE.fileChanges())).isPositive();
            assertThat(tracedRecords(cluster, Namespace.NONE.documents())).isPositive();

            HttpResponse<String> answer = ask(gateway);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("from-the-test");
            Eventually.until(
                    LIMIT,
                    "the trace of the question",
                    this::isCompleteTraceOfQuestion,
                    () -> receiver.trace(TRACE).toString());
        }
    }

    @Test
    void whereTracingIsOffNothingIsSentAndNoRecordHasAHeader() throws Exception {
        try (TideScopeProcess up =
                TideScopeProcess.launch(
                        temporary.resolve("data"), List.of("-Xmx256m"), arguments())) {
            URI address = up.awaitServing();
            IndexClient index = new IndexClient(address);
            index.awaitIndexed("shop", shop.head(), LIMIT);
            assertThat(ask(address).statusCode()).isEqualTo(200);

            assertThat(records(up, Namespace.NONE.fileChanges())).isNotEmpty();
            assertThat(tracedRecords(up, Namespace.NONE.fileChanges())).isZero();
            assertThat(records(up, Namespace.NONE.documents())).isNotEmpty();
            assertThat(tracedRecords(up, Namespace.NONE.documents())).isZero();
            assertThat(up.stop()).isZero();
        }
        assertThat(receiver.spans()).isEmpty();
    }

    private List<String> arguments(String... more) {
        return Stream.concat(
                        Stream.of(
                                shop.directory().toString(),
                                "--partitions",
                                Integer.toString(PARTITIONS)),
                        Stream.of(more))
                .toList();
    }

    private static HttpResponse<String> ask(URI gateway) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.resolve("/api/v1/symbols?q=Basket"))
                        .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                        .header("X-Request-Id", "from-the-test")
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Whether this is a poke that led to all there is to a commit of one file. */
    private boolean isCompleteTraceOfCommit(Received poke) {
        if (!poke.name().equals("POST /api/v1/poke")) {
            return false;
        }
        List<Received> publishes = parts(poke, "tidescope-ingest", "publish");
        return publishes.size() == 1
                && parts(publishes.getFirst(), "tidescope-store", "apply revision").size()
                        == PARTITIONS
                && parts(publishes.getFirst(), "tidescope-parser", "parse").stream()
                        .anyMatch(parse -> parts(parse, "tidescope-store", "apply").size() == 1);
    }

    private boolean isCompleteTraceOfQuestion() {
        return receiver.trace(TRACE).stream()
                .filter(span -> span.parent().equals(CALLER))
                .filter(span -> span.service().equals("tidescope-gateway"))
                .filter(span -> span.name().equals("GET /api/v1/symbols"))
                .flatMap(request -> parts(request, "tidescope-gateway", "ask").stream())
                .anyMatch(ask -> parts(ask, "tidescope-store", "answer").size() == 1);
    }

    private List<Received> parts(Received whole, String service, String name) {
        return receiver.trace(whole.trace()).stream()
                .filter(span -> span.parent().equals(whole.id()))
                .filter(span -> span.service().equals(service))
                .filter(span -> span.name().equals(name))
                .toList();
    }

    private static long tracedRecords(TideScopeProcess process, String topic) {
        return records(process, topic).stream()
                .filter(record -> record.headers().lastHeader("traceparent") != null)
                .count();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            TideScopeProcess process, String topic) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        process.endpoints().getProperty("bootstrap"),
                        "isolation.level",
                        "read_committed");
        List<TopicPartition> partitions =
                IntStream.range(0, PARTITIONS)
                        .mapToObj(number -> new TopicPartition(topic, number))
                        .toList();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Eventually.until(
                    LIMIT,
                    topic + " is read",
                    () -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                        return ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                    });
        }
        return records;
    }
}
