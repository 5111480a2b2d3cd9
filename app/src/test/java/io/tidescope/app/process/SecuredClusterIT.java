package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.SelfSignedKey;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Roles on a broker that wants TLS, a certificate and a password, and allows them what begins with
 * their prefix and nothing else.
 */
@Timeout(300)
final class SecuredClusterIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STORE_PASSWORD = "store-secret";
    private static final String PREFIX = "acme.";
    private static final String PASSWORD = "user-secret";

    @TempDir private Path temporary;
    private final List<RoleProcess> started = new ArrayList<>();
    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        SelfSignedKey.make(temporary, "broker", STORE_PASSWORD);
        SelfSignedKey.make(temporary, "client", STORE_PASSWORD);
        String plain = "listener.name.sasl_ssl.plain.sasl.jaas.config";
        String scram = "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config";
        broker =
                TestBroker.startSecured(
                        Map.ofEntries(
                                Map.entry(
                                        "authorizer.class.name",
                                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                                // Brokers among each other, and this test.
                                Map.entry("super.users", "User:ANONYMOUS"),
                                Map.entry("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512"),
                                Map.entry(
                                        plain,
                                        "org.apache.kafka.common.security.plain.PlainLoginModule"
                                                + " required user_alice=\""
                                                + PASSWORD
                                                + "\";"),
                                Map.entry(
                                        scram,
                                        "org.apache.kafka.common.security.scram.ScramLoginModule"
                                                + " required;"),
                                Map.entry("listener.name.sasl_ssl.ssl.client.auth", "required"),
                                Map.entry(
                                        "ssl.keystore.location",
                                        temporary.resolve("broker.p12").toString()),
                                Map.entry("ssl.keystore.password", STORE_PASSWORD),
                                Map.entry("ssl.truststore.type", "PEM"),
                                Map.entry(
                                        "ssl.truststore.location",
                                        temporary.resolve("client-certificate.pem").toString())));
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            admin.alterUserScramCredentials(
                            List.of(
                                    new UserScramCredentialUpsertion(
                                            "bob",
                                            new ScramCredentialInfo(
                                                    ScramMechanism.SCRAM_SHA_512, 4096),
                                            PASSWORD)))
                    .all()
                    .get();
            admin.createAcls(allowed()).all().get();
        }
        Files.writeString(temporary.resolve("password"), PASSWORD + "\n");
        Files.writeString(temporary.resolve("store-password"), STORE_PASSWORD + "\n");
    }

    /** Everything that has the prefix, and nothing else. */
    private static List<AclBinding> allowed() {
        List<AclBinding> allowed = new ArrayList<>();
        for (ResourceType type :
                List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
            for (String user : List.of("User:alice", "User:bob")) {
                allowed.add(
                        new AclBinding(
                                new ResourcePattern(type, PREFIX, PatternType.PREFIXED),
                                new AccessControlEntry(
                                        user, "*", AclOperation.ALL, AclPermissionType.ALLOW)));
            }
        }
        return allowed;
    }

    @AfterEach
    void stop() {
        started.forEach(RoleProcess::close);
        broker.close();
    }

    @Test
    void aPushIsParsedAndStoredByRolesThatLogInWithPemOrKeystoreAndPlainOrScram() throws Exception {
        String pem = "keystore: " + temporary.resolve("client.pem");
        String keystore =
                "keystore: %s, keystore-password-file: %s"
                        .formatted(
                                temporary.resolve("client.p12"),
                                temporary.resolve("store-password"));
        RoleProcess registry =
                start("registry", kafka(pem, "PLAIN", "alice") + "registry: {port: 0}\n");
        registry.awaitReady();
        String url =
                "registry: {url: \"" + registry.json("/status").path("address").asText() + "\"}\n";
        GitRepository repository = GitRepository.create(temporary.resolve("shop"));
        repository.write("Basket.java", "class Basket {}\n").commit("Basket");
        start(
                        "ingest",
                        kafka(keystore, "SCRAM-SHA-512", "bob")
                                + url
                                + "ingest: {port: 0, repositories: [%s]}\n"
                                        .formatted(repository.directory()))
                .awaitReady();
        start("parser", kafka(pem, "SCRAM-SHA-512", "bob") + url + "node: {id: parser-1}\n")
                .awaitReady();
        RoleProcess store =
                start(
                        "store",
                        kafka(keystore, "PLAIN", "alice")
                                + url
                                + "node: {id: store-1}\nstore: {port: 0, directory: %s}\n"
                                        .formatted(temporary.resolve("state")));
        store.awaitReady();

        Eventually.until(
                LIMIT,
                "the document is stored",
                () ->
                        store.text("/metrics")
                                .lines()
                                .anyMatch(
                                        line ->
                                                line.matches(
                                                                "tide_scope_ast_store_records_(applied|restored)_total"
                                                                    + " .*")
                                                        && !line.endsWith(" 0.0")),
                store::printed);
        for (RoleProcess role : started) {
            assertThat(role.printed()).doesNotContain(PASSWORD).doesNotContain(STORE_PASSWORD);
        }
    }

    @Test
    void namesThatAreNotAllowedAreRefused() throws Exception {
        RoleProcess registry =
                start(
                        "registry",
                        kafka("keystore: " + temporary.resolve("client.pem"), "PLAIN", "alice")
                                .replace("prefix: " + PREFIX, "prefix: other."));

        assertThat(registry.awaitExit()).isEqualTo(1);
        assertThat(registry.printed())
                .contains("the Kafka cluster does not allow this user what is needed");
    }

    @Test
    void wrongCredentialsAreRefusedWithoutPrintingThem() throws Exception {
        Files.writeString(temporary.resolve("password"), "wrong-secret\n");
        RoleProcess registry =
                start(
                        "registry",
                        kafka("keystore: " + temporary.resolve("client.pem"), "PLAIN", "alice"));

        assertThat(registry.awaitExit()).isEqualTo(1);
        assertThat(registry.printed())
                .contains("the Kafka cluster refused the credentials")
                .contains("check kafka.sasl")
                .doesNotContain("wrong-secret");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        RoleProcess registry =
                start(
                        "registry",
                        kafka("keystore: " + temporary.resolve("client.pem"), "PLAIN", "alice")
                                .replace("broker-certificate.pem", "client-certificate.pem"));

        assertThat(registry.awaitExit()).isEqualTo(1);
        assertThat(registry.printed())
                .contains("no secure connection to the Kafka cluster")
                .contains("check kafka.tls");
    }

    private RoleProcess start(String role, String settings) throws Exception {
        RoleProcess started =
                RoleProcess.start(temporary, role, role + "-" + this.started.size(), settings);
        this.started.add(started);
        return started;
    }

    private String kafka(String keystore, String mechanism, String user) {
        return """
        kafka:
          bootstrap: "%s"
          tls: {enabled: true, truststore: %s, %s}
          sasl: {mechanism: %s, username: %s, password-file: %s}
        topics: {prefix: %s, partitions: 2}
        """
                .formatted(
                        broker.securedAddress(),
                        temporary.resolve("broker-certificate.pem"),
                        keystore,
                        mechanism,
                        user,
                        temporary.resolve("password"),
                        PREFIX);
    }
}
