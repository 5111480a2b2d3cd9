package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.RoleDeployment;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Roles in processes of their own, on a broker and a registry that run elsewhere. */
@Timeout(300)
final class RolesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static TestBroker broker;
    private static int deployments;

    /** Each test has the names of its own deployment in the one cluster. */
    private final String prefix = "deployment-" + ++deployments + ".";

    @TempDir private Path temporary;
    private RoleDeployment roles;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void deploy() {
        roles = new RoleDeployment(broker, prefix, temporary);
    }

    @AfterEach
    void end() {
        roles.close();
    }

    @Test
    void everyRoleServesItsHealthAndMetricsAndStopsOnATermination() throws Exception {
        RoleProcess registryRole = roles.startRegistry();
        RoleProcess ingest = roles.start("ingest", ingestSettings());
        ingest.awaitReady();
        assertReadyForTakeOff();
        RoleProcess parser = roles.start("parser", "node: {id: parser-1}\n");
        RoleProcess store = roles.start("store", storeSettings("store-1"));
        RoleProcess gateway = roles.start("gateway", "gateway: {port: 0, stores: [127.0.0.1:1]}\n");
        parser.awaitReady();
        store.awaitReady();
        gateway.awaitReasons("no node of the store has said how many partitions there are");

        assertComponents(registryRole, "kafka", "registry");
        assertComponents(ingest, "ingest", "kafka", "registry");
        assertComponents(parser, "kafka", "parser", "registry");
        assertComponents(store, "disk", "kafka", "registry", "repository");
        assertGatewayWithoutStores(gateway.json("/health"));
        assertThat(registryRole.text("/metrics")).contains("jvm_memory_used_bytes");
        assertThat(ingest.text("/metrics")).contains("tide_scope_ast_ingest_repositories 1");
        assertThat(parser.text("/metrics")).contains("kafka_consumer_");
        assertThat(store.text("/metrics")).contains("tide_scope_ast_store_");
        assertThat(gateway.text("/metrics")).contains("jvm_");
        Eventually.until(
                LIMIT,
                "the push is parsed and published under the deployment's names",
                () -> records(prefix + "documents") > 0);

        assertHalfRequestsKeepNobodyWaiting(store);
        for (RoleProcess role : List.of(gateway, ingest, parser, store, registryRole)) {
            assertThat(role.json("/health/live").path("live").asBoolean()).isTrue();
            assertThat(role.terminate()).as(role.printed()).isZero();
        }
        assertThat(store.printed().indexOf("part=\"port of the store\""))
                .as("who asks meanwhile is answered, or asks another: %s", store.printed())
                .isPositive()
                .isLessThan(store.printed().indexOf("part=\"store\""));
    }

    /** They are closed, and who asks for the node's health meanwhile is answered. */
    private static void assertHalfRequestsKeepNobodyWaiting(RoleProcess role) throws Exception {
        List<Socket> halves = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                Socket half = new Socket(InetAddress.getLoopbackAddress(), role.adminPort());
                halves.add(half);
                half.getOutputStream().write("GET /he".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(role.json("/health/live").path("live").asBoolean()).isTrue();
            for (Socket half : halves) {
                half.setSoTimeout((int) LIMIT.toMillis());
                assertThat(half.getInputStream().read()).as("it is closed").isNegative();
            }
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    private void assertReadyForTakeOff() throws Exception {
        Path file =
                Files.writeString(
                        temporary.resolve("preflight.yaml"),
                        roles.common() + storeSettings("store-1") + "admin: {port: 0}\n");
        assertThat(RoleProcess.run(temporary, "preflight", "store", "--config", file.toString()))
                .startsWith("0\n")
                .contains("ok        kafka: ", "ok        topics: 4, with 2 partitions")
                .contains("ok        schema registry: ", "ok        directory: ", " 0 failed");
    }

    /** The stores that it was told of are not there. */
    private static void assertGatewayWithoutStores(JsonNode health) {
        assertThat(health.path("status").asText()).isEqualTo("down");
        assertThat(health.path("reasons")).isNotEmpty();
        JsonNode components = health.path("components");
        for (String up : List.of("cache", "kafka", "registry")) {
            assertThat(components.path(up).path("status").asText()).as(up).isEqualTo("up");
        }
        for (String down : List.of("query-engine", "repository")) {
            assertThat(components.path(down).path("status").asText()).as(down).isEqualTo("down");
            assertThat(components.path(down).path("reasons")).as(down).isNotEmpty();
        }
    }

    private static void assertComponents(RoleProcess role, String... names) throws Exception {
        JsonNode health = role.json("/health");
        assertThat(health.path("status").asText()).as(health.toPrettyString()).isEqualTo("up");
        assertThat(health.path("components").fieldNames()).toIterable().containsExactly(names);
        for (JsonNode component : health.path("components")) {
            assertThat(component.path("status").asText()).isEqualTo("up");
        }
    }

    @Test
    void theIngestRoleTakesPokesAndAnswersNoQueries() throws Exception {
        roles.startRegistry();
        RoleProcess ingest = roles.start("ingest", ingestSettings());
        ingest.awaitReady();
        String base = "http://" + ingest.json("/status").path("address").asText();

        assertThat(post(base + "/api/v1/poke?repository=shop")).isEqualTo(202);
        assertThat(post(base + "/api/v1/poke?repository=other")).isEqualTo(404);
        assertThat(post(base + "/api/v1/symbols")).isEqualTo(404);
    }

    @Test
    void aRoleThatFindsNoTopicsSaysWhoCreatesThem() throws Exception {
        roles.startRegistry();

        RoleProcess store = roles.start("store", storeSettings("store-1"));
        assertRefused(store, "topic " + prefix + "documents is missing; start the ingest role");

        Path file = Files.writeString(temporary.resolve("topics.yaml"), roles.common());
        String created =
                RoleProcess.run(
                        temporary, "topics", "create", "--registry", "--config", file.toString());
        assertThat(created)
                .startsWith("0\n")
                .contains(prefix + "documents: 2 partitions")
                .contains(prefix + "_schemas: 1 partitions");
        roles.start("store", storeSettings("store-1")).awaitReady();
    }

    @Test
    void topicsThatDoNotFitEachOtherAreRefused() throws Exception {
        roles.startRegistry();
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            admin.createTopics(List.of(new NewTopic(prefix + "documents", 3, (short) 1)))
                    .all()
                    .get();
        }
        assertRefused(
                roles.start("ingest", ingestSettings()),
                "topic " + prefix + "documents has 3 partitions, expected 2");
    }

    @Test
    void aTopicOfTheRegistryThatForgetsIsRefused() throws Exception {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            admin.createTopics(List.of(new NewTopic(prefix + "_schemas", 1, (short) 1)))
                    .all()
                    .get();
        }
        assertRefused(
                roles.start("registry", ""),
                "topic " + prefix + "_schemas has cleanup.policy delete, expected compact");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsRefused() throws Exception {
        createTopics();
        roles.useRegistry("http://127.0.0.1:1");
        assertRefused(
                roles.start("parser", "node: {id: parser-1}\n"),
                "the schema registry at http://127.0.0.1:1/ does not answer");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsRefused() throws Exception {
        RoleProcess registryRole =
                roles.keep(
                        RoleProcess.start(
                                temporary,
                                "registry",
                                "registry",
                                "kafka: {bootstrap: \"127.0.0.1:1\"}\n"));
        assertRefused(registryRole, "no broker answers at 127.0.0.1:1 in 15 seconds");
    }

    @Test
    void whatCannotBeFollowedIsRefused() throws Exception {
        roles.useRegistry("http://127.0.0.1:1");
        Files.createDirectory(temporary.resolve("empty"));
        assertRefused(
                roles.start(
                        "ingest",
                        "ingest: {port: 0, repositories: [%s]}\n"
                                .formatted(temporary.resolve("empty"))),
                "empty is not a git repository");
    }

    @Test
    void aDirectoryInUseOrOfAnotherNodeIsRefused() throws Exception {
        roles.startRegistry();
        createTopics();
        RoleProcess first = roles.start("store", storeSettings("store-1"));
        first.awaitReady();

        assertRefused(roles.start("store", storeSettings("store-1")), "is in use by process");
        first.terminate();
        assertRefused(
                roles.start("store", storeSettings("store-2")), "is of node store-1, not store-2");
    }

    @Test
    void portsInUseAreRefused() throws Exception {
        roles.startRegistry();
        createTopics();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertRefused(
                    roles.start(
                            "gateway",
                            "gateway: {port: %d, stores: [127.0.0.1:1]}\n".formatted(port)),
                    "Port " + port + " of 127.0.0.1 is in use");
            RoleProcess parser =
                    roles.keep(
                            RoleProcess.start(
                                    temporary,
                                    "parser",
                                    "parser-x",
                                    roles.common() + "node: {id: parser-1}\n",
                                    Map.of("TIDESCOPE_ADMIN_PORT", Integer.toString(port))));
            assertRefused(parser, "choose another port with admin.port");
        }
    }

    @Test
    void ofTwoParsersWithOneNodeIdTheFirstEndsAndSaysWhy() throws Exception {
        roles.startRegistry();
        createTopics();
        RoleProcess first = roles.start("parser", "node: {id: parser-1}\n");
        first.awaitReady();
        RoleProcess second = roles.start("parser", "node: {id: parser-1}\n");

        assertRefused(first, "another process has started as the same node");
        second.awaitReady();
    }

    private void assertRefused(RoleProcess role, String reason) {
        assertThat(role.awaitExit()).as(role.printed()).isEqualTo(1);
        assertThat(role.printed()).contains("tidescope: ").contains(reason);
    }

    private String ingestSettings() {
        GitRepository repository = GitRepository.create(temporary.resolve("shop"));
        repository.write("Basket.java", "class Basket {}\n").commit("Basket");
        return "ingest: {port: 0, repositories: [{directory: %s, name: shop}]}\n"
                .formatted(repository.directory());
    }

    private String storeSettings(String node) {
        return "node: {id: %s}\nstore: {port: 0, directory: %s}\n"
                .formatted(node, temporary.resolve("state"));
    }

    private void createTopics() {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            new TopicAdmin(admin)
                    .ensure(new Topics(new Namespace(prefix), 2, Replication.BROKERS_DEFAULT));
        }
    }

    private static long records(String topic) {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            long records = 0;
            for (int partition = 0; partition < 2; partition++) {
                TopicPartition each = new TopicPartition(topic, partition);
                records +=
                        admin.listOffsets(Map.of(each, OffsetSpec.latest()))
                                .partitionResult(each)
                                .get()
                                .offset();
            }
            return records;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int post(String uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
