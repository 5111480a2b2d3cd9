package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.RedisServer;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.SelfSignedKey;
import io.tidescope.testing.TestBroker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A store and gateways that know each other by certificates, and keep answers. */
@Timeout(300)
final class SecuredNodesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "keystore-secret";
    private static final String CACHE_PASSWORD = "cache-secret";

    @TempDir private Path temporary;
    private final List<RoleProcess> started = new ArrayList<>();
    private TestBroker broker;
    private String registry = "";
    private RoleProcess store;
    private int questions;

    @BeforeEach
    void startStore() throws Exception {
        for (String name : List.of("store", "gateway", "stranger")) {
            SelfSignedKey.make(temporary, name, PASSWORD);
        }
        Files.writeString(
                temporary.resolve("trusted.pem"),
                Files.readString(temporary.resolve("store-certificate.pem"))
                        + Files.readString(temporary.resolve("gateway-certificate.pem")));
        Files.writeString(temporary.resolve("password"), PASSWORD + "\n");
        Files.writeString(temporary.resolve("cache-password"), CACHE_PASSWORD + "\n");
        broker = TestBroker.start();
        RoleProcess serving = start("registry", "registry: {port: 0}\n");
        serving.awaitReady();
        registry =
                "registry: {url: \"%s\"}\n"
                        .formatted(serving.json("/status").path("address").asText());
        GitRepository repository = GitRepository.create(temporary.resolve("shop"));
        repository
                .write("Basket.java", "class Basket { void add() { add(); } }\n")
                .commit("Basket");
        start("ingest", "ingest: {port: 0, repositories: [%s]}\n".formatted(repository.directory()))
                .awaitReady();
        start("parser", "node: {id: parser-1}\n").awaitReady();
        store =
                start(
                        "store",
                        node("id: store-1, ", "store.pem")
                                + "store: {port: 0, directory: %s}\n"
                                        .formatted(temporary.resolve("state")));
        store.awaitReady();
    }

    @AfterEach
    void stop() {
        started.forEach(RoleProcess::close);
        broker.close();
    }

    @Test
    void aGatewayWithACertificateIsAnsweredAndOneWithoutOrWithAStrangersIsNot() throws Exception {
        String keystore = "gateway.p12, keystore-password-file: " + temporary.resolve("password");
        RoleProcess trusted = gateway(node("", keystore));
        RoleProcess plain = gateway("");
        RoleProcess stranger = gateway(node("", "stranger.pem"));
        trusted.awaitReady();

        awaitIndexed(trusted);
        assertThat(symbols(trusted)).contains("Basket");
        plain.awaitReasons("no node of the store has said how many partitions there are");
        stranger.awaitReasons("no node of the store has said how many partitions there are");
        assertThat(trusted.printed()).doesNotContain(PASSWORD);
    }

    @Test
    void anAnswerIsKeptByTheGatewayThatGaveItAndThroughRedisByOthers() throws Exception {
        assumeTrue(RedisServer.isInstalled(), "redis-server is not on the PATH");
        int port = RoleProcess.freePort();
        RedisServer redis = RedisServer.start(temporary, port, CACHE_PASSWORD);
        try {
            String cache =
                    "cache: {nodes: [127.0.0.1:%d], password-file: %s, timeout: 2s}\n"
                            .formatted(port, temporary.resolve("cache-password"));
            RoleProcess one = gateway(node("", "gateway.pem") + cache);
            RoleProcess other = gateway(node("", "gateway.pem") + cache);
            RoleProcess none = gateway(node("", "gateway.pem") + "cache: {memory: 0MiB}\n");
            awaitIndexed(one);

            Eventually.until(
                    LIMIT,
                    "an answer of either level is given again",
                    () -> {
                        // A new question each time: neither is connected from the beginning.
                        String limit = Integer.toString(++questions);
                        symbols(one, limit);
                        symbols(one, limit);
                        symbols(other, limit);
                        return hits(one, "local") && hits(other, "shared");
                    },
                    () -> one.printed() + other.printed());
            assertThat(symbols(one)).isEqualTo(symbols(other)).isEqualTo(symbols(none));
            assertThat(none.text("/metrics")).doesNotContain("tide_scope_ast_cache");
            assertThat(one.printed()).doesNotContain(CACHE_PASSWORD);
        } finally {
            redis.close();
        }
    }

    @Test
    void aKeystoreThatCannotBeReadIsRefusedWithoutPrintingItsPassword() throws Exception {
        Files.writeString(temporary.resolve("password"), "wrong-secret\n");
        RoleProcess gateway =
                gateway(
                        node(
                                "",
                                "gateway.p12, keystore-password-file: "
                                        + temporary.resolve("password")));

        assertThat(gateway.awaitExit()).isEqualTo(1);
        assertThat(gateway.printed())
                .contains("node.tls.keystore: ")
                .contains("gateway.p12 cannot be used")
                .doesNotContain("wrong-secret");
    }

    private static String symbols(RoleProcess gateway) {
        return symbols(gateway, "100");
    }

    /** A costly question, so that it is worth to be shared. */
    private static String symbols(RoleProcess gateway, String limit) {
        return client(gateway)
                .read("/symbols", Map.of("q", "Bask", "match", "prefix", "limit", limit))
                .path("items")
                .toString();
    }

    private static boolean hits(RoleProcess gateway, String level) {
        return gateway.text("/metrics")
                .lines()
                .anyMatch(
                        line ->
                                line.startsWith("tide_scope_ast_cache_hits")
                                        && line.contains("\"" + level + "\"")
                                        && !line.endsWith(" 0.0"));
    }

    private void awaitIndexed(RoleProcess gateway) {
        gateway.awaitReady();
        Eventually.until(
                LIMIT,
                "the push is indexed",
                () -> symbols(gateway).contains("Basket"),
                store::printed);
    }

    private static IndexClient client(RoleProcess gateway) {
        return new IndexClient(
                URI.create("http://" + gateway.json("/status").path("address").asText()));
    }

    private RoleProcess gateway(String settings) throws Exception {
        return start(
                "gateway",
                settings
                        + "gateway: {port: 0, stores: [\"%s\"]}\n"
                                .formatted(store.json("/status").path("address").asText()));
    }

    private String node(String id, String keystore) {
        return "node: {%stls: {enabled: true, keystore: %s, truststore: %s}}\n"
                .formatted(id, temporary.resolve(keystore), temporary.resolve("trusted.pem"));
    }

    private RoleProcess start(String role, String settings) throws Exception {
        String common =
                """
                kafka: {bootstrap: "%s"}
                topics: {partitions: 2}
                """
                        .formatted(broker.connection().bootstrapServers());
        RoleProcess process =
                RoleProcess.start(
                        temporary,
                        role,
                        role + "-" + started.size(),
                        common + (role.equals("registry") ? "" : registry) + settings);
        started.add(process);
        return process;
    }
}
