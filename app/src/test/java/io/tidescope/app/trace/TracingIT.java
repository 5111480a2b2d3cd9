package io.tidescope.app.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.Configuration;
import io.tidescope.app.config.Role;
import io.tidescope.app.role.GatewayRole;
import io.tidescope.app.role.IngestRole;
import io.tidescope.app.role.ParserRole;
import io.tidescope.app.role.RegistryRole;
import io.tidescope.app.role.RoleProcess;
import io.tidescope.app.role.RoleWork;
import io.tidescope.app.role.StoreRole;
import io.tidescope.app.trace.OtlpReceiver.Received;
import io.tidescope.ingest.HookInstaller;
import io.tidescope.schemas.Namespace;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TestBroker;

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
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From a commit to what is stored, and from a question to its answers: one trace each. All roles of
 * a deployment, as their configuration says, in the test's process.
 */
@Timeout(400)
final class TracingIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int PARTITIONS = 2;
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    private final TestBroker broker = TestBroker.start();
    private final List<RoleProcess> started = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir private Path temporary;
    private GitRepository shop;
    private OtlpReceiver receiver;
    private IndexClient index;
    private URI gateway;
    private URI pokes;

    @BeforeEach
    void prepare() throws IOException {
        shop = GitRepository.create(temporary.resolve("shop"));
        shop.write("Basket.java", "class Basket {}").commit("Basket");
        receiver = OtlpReceiver.start();
        int store = freePort();
        gateway = URI.create("http://127.0.0.1:" + freePort());
        pokes = URI.create("http://127.0.0.1:" + freePort());
        index = new IndexClient(gateway);
        set("kafka.bootstrap", broker.connection().bootstrapServers());
        set("topics.partitions", PARTITIONS);
        set("admin.port", 0);
        int registry = freePort();
        set("registry.port", registry);
        set("registry.url", "http://127.0.0.1:" + registry);
        set("ingest.port", pokes.getPort());
        set("ingest.repositories", shop.directory());
        // Whoever waits for a publish waits for the hook.
        set("ingest.poll", "1h");
        set("node.id", "node-1");
        set("store.port", store);
        set("store.directory", temporary.resolve("store"));
        set("gateway.port", gateway.getPort());
        set("gateway.stores", "127.0.0.1:" + store);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Sets what is configured, by the key of its setting. */
    private void set(String key, Object value) {
        environment.put(
                "TIDESCOPE_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                value.toString());
    }

    @AfterEach
    void stop() {
        started.reversed().forEach(RoleProcess::close);
        receiver.close();
        broker.close();
    }

    private void startAll() throws Exception {
        Configuration configuration = new Configuration(null, environment);
        start(configuration, Role.REGISTRY, new RegistryRole(configuration.registry()));
        start(configuration, Role.INGEST, new IngestRole(configuration.ingest()));
        start(configuration, Role.PARSER, new ParserRole(configuration.parser()));
        start(configuration, Role.STORE, new StoreRole(configuration.store()));
        start(configuration, Role.GATEWAY, new GatewayRole(configuration.gateway()));
    }

    private void start(Configuration configuration, Role role, RoleWork work) throws Exception {
        RoleProcess process =
                new RoleProcess(new Address("127.0.0.1", 0), configuration.tracing(role), work);
        started.add(process);
        process.start(
                failure -> {
                    throw failure;
                });
    }

    @Test
    void aCommitIsOneTraceFromItsHookToTheStoreAndAQuestionIsAnother() throws Exception {
        set("tracing.endpoint", receiver.endpoint());
        set("tracing.sample", 1);
        startAll();
        index.awaitIndexed("shop", shop.head(), LIMIT);
        HookInstaller.install(shop.directory(), pokes.resolve("/api/v1/poke"), "shop", null);
        shop.write("Basket.java", "class Basket { int size; }").commit("size");
        index.awaitIndexed("shop", shop.head(), LIMIT);
        Eventually.until(
                LIMIT,
                "the trace of the commit",
                () -> receiver.spans().stream().anyMatch(this::isCompleteTraceOfCommit),
                () -> receiver.spans().toString());
        assertThat(tracedRecords(Namespace.NONE.fileChanges())).isPositive();
        assertThat(tracedRecords(Namespace.NONE.documents())).isPositive();

        HttpResponse<String> answer = ask(gateway);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("from-the-test");
        Eventually.until(
                LIMIT,
                "the trace of the question",
                this::isCompleteTraceOfQuestion,
                () -> receiver.trace(TRACE).toString());
    }

    @Test
    void whereTracingIsOffNoRecordHasAHeaderAndNothingIsSent() throws Exception {
        startAll();
        index.awaitIndexed("shop", shop.head(), LIMIT);
        assertThat(ask(gateway).statusCode()).isEqualTo(200);

        assertThat(records(Namespace.NONE.fileChanges())).isNotEmpty();
        assertThat(tracedRecords(Namespace.NONE.fileChanges())).isZero();
        assertThat(records(Namespace.NONE.documents())).isNotEmpty();
        assertThat(tracedRecords(Namespace.NONE.documents())).isZero();
        started.reversed().forEach(RoleProcess::close);
        assertThat(receiver.spans()).isEmpty();
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

    private long tracedRecords(String topic) {
        return records(topic).stream()
                .filter(record -> record.headers().lastHeader("traceparent") != null)
                .count();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("isolation.level", "read_committed");
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
