package io.tidescope.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

final class ConfigurationTest {
    private static final String STORE =
            """
            kafka: {bootstrap: "one:9092,two:9092"}
            registry: {url: "http://registry:8081"}
            node: {id: store-1}
            store: {directory: state}
            """;

    @TempDir private Path temporary;

    @Test
    void aFileIsReadIntoATreeWithDefaultsWhereItSaysNothing() throws IOException {
        StoreConfiguration store = file(STORE, Map.of()).store();

        assertThat(store.cluster().kafka().bootstrapServers()).isEqualTo("one:9092,two:9092");
        assertThat(store.cluster().kafka().properties()).isEmpty();
        assertThat(store.cluster().topics().partitions()).isEqualTo(8);
        assertThat(store.nodeId()).isEqualTo("store-1");
        assertThat(store.directory()).isEqualTo(Path.of("state"));
        assertThat(store.admin()).isEqualTo(new Address("127.0.0.1", 9103));
        assertThat(store.advertised()).isEqualTo(new Address("127.0.0.1", 7401));
        assertThat(store.nativeMemoryBytes()).isEqualTo(384L << 20);
        assertThat(store.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void tracesGoNowhereUnlessItIsSaidWhere() throws IOException {
        TracingConfiguration none = file(STORE, Map.of()).tracing(Role.STORE);
        assertThat(none.endpoint()).isNull();

        Configuration configuration =
                file(
                        STORE + "tracing: {endpoint: 'http://collector:4318', sample: 0.25}\n",
                        Map.of());
        TracingConfiguration tracing = configuration.tracing(Role.STORE);
        assertThat(tracing.endpoint()).hasToString("http://collector:4318");
        assertThat(tracing.sample()).isEqualTo(0.25);
        assertThat(tracing.service()).isEqualTo("tidescope-store");
        assertThat(tracing.instance()).isEqualTo("store-1");
        assertThat(configuration.tracing(Role.REGISTRY)).isEqualTo(TracingConfiguration.OFF);

        assertThatThrownBy(
                        () ->
                                file(STORE + "tracing: {endpoint: nowhere, sample: 2}\n", Map.of())
                                        .tracing(Role.STORE))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("tracing.endpoint")
                .hasMessageContaining("tracing.sample: \"2\"")
                .hasMessageContaining("is not a number from 0 to 1");
    }

    @Test
    void theEnvironmentAloneIsEnoughAndWinsOverAFile() throws IOException {
        Map<String, String> environment =
                Map.of(
                        "TIDESCOPE_KAFKA_BOOTSTRAP", "[::1]:9092",
                        "TIDESCOPE_REGISTRY_URL", "https://registry",
                        "TIDESCOPE_GATEWAY_STORES", "a:1, b:2",
                        "TIDESCOPE_GATEWAY_TIMEOUT", "500ms",
                        "PATH", "/bin");

        GatewayConfiguration gateway = new Configuration(null, environment).gateway();
        assertThat(gateway.stores()).containsExactly(new Address("a", 1), new Address("b", 2));
        assertThat(gateway.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(gateway.cluster().kafka().bootstrapServers()).isEqualTo("[::1]:9092");

        StoreConfiguration store = file(STORE, Map.of("TIDESCOPE_NODE_ID", "other")).store();
        assertThat(store.nodeId()).isEqualTo("other");
    }

    @Test
    void othersReachNothingThatKnowsNobody() throws IOException {
        Path tokens = Files.writeString(temporary.resolve("tokens"), "");
        String gateway =
                """
                kafka: {bootstrap: "one:9092"}
                registry: {url: "http://registry:8081"}
                gateway: {host: HOST, stores: "a:1"}
                http: {HTTP}
                """;
        for (String host : List.of("127.0.0.1", "127.1.2.3", "localhost", "'::1'")) {
            String local = gateway.replace("HOST", host).replace("{HTTP}", "{insecure: false}");
            assertThat(file(local, Map.of()).gateway().http().isOpen()).isTrue();
        }
        for (String host : List.of("0.0.0.0", "'::'", "10.0.0.1", "example.net", "127.evil.net")) {
            String open = gateway.replace("HOST", host);
            assertThatThrownBy(
                            () ->
                                    file(open.replace("{HTTP}", "{insecure: false}"), Map.of())
                                            .gateway())
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining(
                            "gateway.host: others reach %s".formatted(host.replace("'", "")))
                    .hasMessageContaining("http.tokens")
                    .hasMessageContaining("http.insecure");
            assertThat(
                            file(open.replace("{HTTP}", "{insecure: true}"), Map.of())
                                    .gateway()
                                    .http()
                                    .isOpen())
                    .isTrue();
            assertThat(
                            file(open.replace("{HTTP}", "{tokens: " + tokens + "}"), Map.of())
                                    .gateway()
                                    .http()
                                    .isOpen())
                    .isFalse();
        }
        // What this role does not listen on is another's to judge.
        assertThat(
                        file(
                                        "ingest: {host: 0.0.0.0}\n"
                                                + gateway.replace("HOST", "localhost")
                                                        .replace("{HTTP}", "{insecure: false}"),
                                        Map.of())
                                .gateway()
                                .listen()
                                .host())
                .isEqualTo("localhost");
    }

    @Test
    void aStoreThatOthersReachNeedsCertificatesOrTheWordThatItIsInsecure() throws IOException {
        String store =
                """
                kafka: {bootstrap: "one:9092"}
                registry: {url: "http://registry:8081"}
                node: {id: store-1, insecure: INSECURE}
                store: {directory: /tmp/store, advertised: "store-1:7401", host: HOST}
                """;
        String refused = store.replace("INSECURE", "false");
        assertThat(file(refused.replace("HOST", "127.0.0.1"), Map.of()).store().tls()).isNull();
        assertThatThrownBy(() -> file(refused.replace("HOST", "0.0.0.0"), Map.of()).store())
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("store.host: others reach 0.0.0.0")
                .hasMessageContaining("node.tls.enabled")
                .hasMessageContaining("node.insecure");
        String told = store.replace("INSECURE", "true").replace("HOST", "0.0.0.0");
        assertThat(file(told, Map.of()).store().listen().host()).isEqualTo("0.0.0.0");
    }

    @Test
    void aRegistryThatOthersReachSaysThatItIsInsecure() throws IOException {
        String registry =
                """
                kafka: {bootstrap: "one:9092"}
                registry: {host: 10.0.0.1, insecure: INSECURE}
                """;
        assertThatThrownBy(() -> file(registry.replace("INSECURE", "false"), Map.of()).registry())
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("registry.host: others reach 10.0.0.1")
                .hasMessageContaining("registry.insecure");
        assertThat(file(registry.replace("INSECURE", "true"), Map.of()).registry().listen().host())
                .isEqualTo("10.0.0.1");
    }

    @Test
    void whatBelongsTogetherInHttpIsRefusedAlone() {
        String gateway =
                """
                kafka: {bootstrap: "one:9092"}
                registry: {url: "http://registry:8081"}
                gateway: {stores: "a:1"}
                http:
                  oidc: {issuer: "https://login", keys: "http://login/keys"}
                  tls: {key: /nope}
                """;
        assertThatThrownBy(() -> file(gateway, Map.of()).gateway())
                .hasMessageContaining("http.oidc.keys")
                .hasMessageContaining("https://")
                .hasMessageContaining("http.tls.key")
                .hasMessageContaining(
                        "http.oidc.issuer, http.oidc.audience, http.oidc.keys go together");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithKeyValueAndWhatIsAllowed() throws IOException {
        String text =
                """
                kafka:
                  bootstrap: localhost
                  bootstrp: x
                  tls: {truststore: /nope}
                topics: {partitions: 0, replication: 1, min-insync-replicas: 2}
                store:
                  threads: many
                  threads: 3
                  directory: [a]
                gateway: 8080
                """;
        Map<String, String> environment =
                Map.of("TIDESCOPE_STORE_PORT", "99999", "TIDESCOPE_NO_SUCH", "x");

        assertThatThrownBy(() -> file(text, environment).store())
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("kafka.bootstrap: \"localhost\" (line 2) is not host:port")
                .hasMessageContaining(
                        "kafka.bootstrp (line 3) is not a setting; did you mean kafka.bootstrap?")
                .hasMessageContaining(
                        "kafka.tls.truststore: \"/nope\" (line 4) is not a file that can be read")
                .hasMessageContaining(
                        "topics.partitions: \"0\" (line 5) is not a whole number from 1 to 1024")
                .hasMessageContaining(
                        "topics.min-insync-replicas: 2 is more than topics.replication, which is 1")
                .hasMessageContaining(
                        "store.threads: \"many\" (line 7) is not a whole number from 1 to 256")
                .hasMessageContaining("store.threads (line 8) is there twice")
                .hasMessageContaining("store.directory: a list (line 9) is not a directory")
                .hasMessageContaining("gateway: \"8080\" (line 10) is not a mapping of settings")
                .hasMessageContaining(
                        "store.port: \"99999\" (environment variable TIDESCOPE_STORE_PORT) is not")
                .hasMessageContaining(
                        "the environment variable TIDESCOPE_NO_SUCH is not a setting's")
                .hasMessageContaining("registry.url is missing; it must be an address")
                .hasMessageContaining("node.id is missing; it must be");
    }

    @Test
    void whatOtherRolesNeedIsNotMissedButWhatIsSaidOfThemMustBeRight() throws IOException {
        String shared = STORE + "gateway: {timeout: soon}\n";

        assertThatThrownBy(() -> file(shared, Map.of()).store())
                .hasMessageContaining("gateway.timeout: \"soon\"")
                .hasMessageNotContaining("gateway.stores");
    }

    @Test
    void theFilesOfOtherRolesNeedNotBeOnThisMachine() throws IOException {
        String shared =
                STORE
                        + """
                        ingest:
                          repositories: [/nowhere/a.git, {directory: /nowhere/b.git, name: b}]
                          webhook-secret-file: /nowhere/secret
                        """;

        assertThat(file(shared, Map.of()).store().nodeId()).isEqualTo("store-1");
        assertThat(file(shared, Map.of()).cluster().topics().partitions()).isEqualTo(8);
        assertThatThrownBy(() -> file(shared, Map.of()).ingest())
                .hasMessageContaining("ingest.repositories: \"/nowhere/a.git\"")
                .hasMessageContaining("ingest.repositories.directory: \"/nowhere/b.git\"")
                .hasMessageContaining("ingest.webhook-secret-file: the value");
    }

    @Test
    void aStoreOnAllInterfacesMustSayWhereItIsReached() throws IOException {
        String all = STORE.replace("{directory: state}", "{directory: state, host: %s}");
        String advertised =
                STORE.replace("state}", "state, host: 0.0.0.0, advertised: a:7401}")
                        .replace("id: store-1", "id: store-1, insecure: true");

        for (String host : List.of("0.0.0.0", "'::'")) {
            assertThatThrownBy(() -> file(all.formatted(host), Map.of()).store())
                    .hasMessageContaining("store.advertised is missing; it must be host:port");
        }
        assertThat(file(advertised, Map.of()).store().advertised())
                .isEqualTo(new Address("a", 7401));
        assertThat(file(all.formatted("0.0.0.0"), Map.of()).cluster().topics().partitions())
                .isEqualTo(8);
    }

    @Test
    void nodesKnowEachOtherByAllOfTheirCertificatesOrNone() throws IOException {
        Path pem = Files.writeString(temporary.resolve("node.pem"), "-----BEGIN");
        String text = STORE.replace("id: store-1", "id: store-1, tls: {%s}");

        assertThat(
                        file(
                                        text.formatted(
                                                "enabled: true, keystore: %1$s, truststore: %1$s"
                                                        .formatted(pem)),
                                        Map.of("TIDESCOPE_NODE_TLS_KEYSTORE_PASSWORD", "hush"))
                                .store()
                                .tls())
                .isEqualTo(new NodeTls(pem, new Secret("hush"), pem, null));
        for (String part : List.of("enabled: true", "keystore: " + pem)) {
            assertThatThrownBy(() -> file(text.formatted(part), Map.of()).store())
                    .hasMessageContaining(
                            "node.tls.enabled, node.tls.keystore and node.tls.truststore go"
                                    + " together");
        }
    }

    @Test
    void aGatewayKeepsAnswersInItsMemoryIfNothingElseIsSaid() throws IOException {
        String text = STORE + "gateway: {stores: [a:1]}\n";
        CacheConfiguration standard = file(text, Map.of()).gateway().cache();
        CacheConfiguration off = file(text + "cache: {memory: 0MiB}", Map.of()).gateway().cache();
        CacheConfiguration shared =
                file(text + "cache: {nodes: [r:6379]}", Map.of("TIDESCOPE_CACHE_PASSWORD", "hush"))
                        .gateway()
                        .cache();

        assertThat(standard.memoryBytes()).isEqualTo(64L << 20);
        assertThat(standard.nodes()).isEmpty();
        assertThat(off.isOn()).isFalse();
        assertThat(shared.nodes()).containsExactly(new Address("r", 6379));
        assertThat(shared.password()).isEqualTo(new Secret("hush"));
        assertThat(shared.toString()).doesNotContain("hush");
    }

    @Test
    void allInterfacesAreReachedAtOneOfThem() {
        assertThat(new Address("0.0.0.0", 1).reachable()).hasToString("127.0.0.1:1");
        assertThat(new Address("::", 1).reachable()).hasToString("[::1]:1");
        assertThat(new Address("a.example", 1).reachable()).hasToString("a.example:1");
    }

    @Test
    void copiesThatMustHaveARecordAreOfCopiesThatAreSaid() throws IOException {
        assertThatThrownBy(
                        () -> file(STORE + "topics: {min-insync-replicas: 2}", Map.of()).cluster())
                .hasMessageContaining(
                        "topics.min-insync-replicas is set and topics.replication is not");
    }

    @Test
    void aSecretInTheFileIsRefusedWithoutBeingPrinted() throws IOException {
        String text =
                """
                kafka:
                  bootstrap: one:9092
                  sasl: {mechanism: PLAIN, username: me, password: hush}
                  properties: {sasl.jaas.config: hush, ssl.key.password: hush}
                """;

        assertThatThrownBy(() -> file(text, Map.of()).cluster())
                .hasMessageContaining(
                        "kafka.sasl.password (line 3) is a secret, which does not belong here; put"
                                + " it into the file of kafka.sasl.password-file or the environment"
                                + " variable TIDESCOPE_KAFKA_SASL_PASSWORD")
                .hasMessageContaining("kafka.properties.sasl.jaas.config (line 4) is a secret")
                .hasMessageContaining("kafka.properties.ssl.key.password (line 4) is a secret")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aSecretInTheWrongPlaceIsNotPrintedEither() throws IOException {
        String text =
                """
                kafka:
                  bootstrap: one:9092
                  sasl: {mechanism: PLAIN, username: me, password-file: hush}
                  properties: hush
                registry: {url: "http://me:hush@registry:8081"}
                """;

        assertThatThrownBy(() -> file(text, Map.of()).cluster())
                .hasMessageContaining("kafka.sasl.password-file: the value (line 3), which is not")
                .hasMessageContaining("kafka.properties: the value (line 4), which is not shown")
                .hasMessageContaining("registry.url: the value (line 5), which is not shown here,")
                .hasMessageContaining("without user and password")
                .hasMessageNotContaining("hush");
    }

    @Test
    void secretsComeFromFilesOrTheEnvironmentAndNeverShow() throws IOException {
        Path password = Files.writeString(temporary.resolve("password"), "a\"b\\c\n");
        String text =
                """
                kafka:
                  bootstrap: one:9092
                  sasl: {mechanism: SCRAM-SHA-256, username: me, password-file: %s}
                registry: {url: "http://registry:8081"}
                ingest: {repositories: [%s]}
                """
                        .formatted(password, temporary);
        Map<String, String> environment = Map.of("TIDESCOPE_INGEST_WEBHOOK_SECRET", "hush");

        IngestConfiguration ingest = file(text, environment).ingest();
        assertThat(ingest.webhookSecret()).isEqualTo(new Secret("hush"));
        assertThat(ingest.cluster().kafka().properties())
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-256")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"me\" password=\"a\\\"b\\\\c\";");
        assertThat(ingest.toString()).doesNotContain("hush").doesNotContain("a\"b");

        assertThatThrownBy(
                        () -> file(text, Map.of("TIDESCOPE_KAFKA_SASL_PASSWORD", "hush")).ingest())
                .hasMessageContaining("are both set; unset one of them")
                .hasMessageNotContaining("hush");
    }

    @Test
    void storesOfCertificatesAreKnownByTheirContent() throws IOException {
        Path pem = Files.writeString(temporary.resolve("a"), "-----BEGIN CERTIFICATE-----\n");
        Path pkcs = Files.write(temporary.resolve("b"), new byte[] {0x30, (byte) 0x82, 1, 2});
        String text =
                """
                kafka:
                  bootstrap: one:9092
                  tls: {enabled: true, truststore: %s, keystore: %s, verify-hostname: false}
                """
                        .formatted(pem, pkcs);
        Map<String, String> environment = Map.of("TIDESCOPE_KAFKA_TLS_KEYSTORE_PASSWORD", "x");

        assertThat(file(text, environment).cluster().kafka().properties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.keystore.type", "PKCS12")
                .containsEntry("ssl.keystore.password", "x")
                .containsEntry("ssl.endpoint.identification.algorithm", "");
    }

    @Test
    void clientPropertiesAreTakenButNotTwice() throws IOException {
        Path properties =
                Files.writeString(
                        temporary.resolve("client.properties"),
                        "client.rack = a\nsasl.jaas.config = hush\n");
        String text =
                """
                kafka:
                  bootstrap: one:9092
                  properties: {%s: 3000}
                  properties-file: %s
                """;

        assertThat(
                        file(text.formatted("request.timeout.ms", properties), Map.of())
                                .cluster()
                                .kafka()
                                .properties())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "request.timeout.ms", "3000",
                                "client.rack", "a",
                                "sasl.jaas.config", "hush"));
        assertThatThrownBy(
                        () -> file(text.formatted("client.rack", properties), Map.of()).cluster())
                .hasMessageContaining("the client property client.rack is set in two ways");
    }

    @Test
    void aRepositoryIsADirectoryOrAMapping() throws IOException {
        Path git = Files.createDirectory(temporary.resolve("shop.git"));
        String text =
                """
                kafka: {bootstrap: "one:9092"}
                registry: {url: "http://registry:8081"}
                ingest:
                  repositories:
                    - %1$s
                    - {directory: %1$s, name: acme/shop, refs: [next], fetch: true}
                """
                        .formatted(git);

        assertThat(file(text, Map.of()).ingest().repositories())
                .containsExactly(
                        new RepositoryEntry(git, null, List.of(), false),
                        new RepositoryEntry(git, "acme/shop", List.of("next"), true));

        String wrong = text.replace("fetch: true", "fetch: maybe, name: twice, depth: 3");
        assertThatThrownBy(() -> file(wrong, Map.of()).ingest())
                .hasMessageContaining("ingest.repositories.fetch: \"maybe\" (line 6)")
                .hasMessageContaining("ingest.repositories.name (line 6) is there twice")
                .hasMessageContaining(
                        "ingest.repositories.depth (line 6) is not a setting of a repository");
    }

    @Test
    void whatIsNoYamlIsToldWithItsPlace() throws IOException {
        assertThatThrownBy(() -> file("kafka: [", Map.of()).cluster())
                .hasMessageContaining("is not YAML")
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> file("- a\n", Map.of()).cluster())
                .hasMessageContaining("must be a mapping of settings");
        assertThatThrownBy(
                        () -> new Configuration(temporary.resolve("gone.yaml"), Map.of()).cluster())
                .hasMessageContaining("gone.yaml does not exist");
    }

    @Test
    void aFileThatContainsItselfOrGrowsWithoutEndIsRefused() throws IOException {
        assertThatThrownBy(() -> file("kafka: &a {tls: *a}\n", Map.of()).cluster())
                .isInstanceOf(TideScopeException.class);

        StringBuilder growing = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            growing.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> file(growing.toString(), Map.of()).cluster())
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void aFileTooLargeForAPersonIsRefused() throws IOException {
        byte[] large = "#".repeat(YamlFile.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(temporary.resolve("large.yaml"), large);

        assertThatThrownBy(() -> new Configuration(file, Map.of()).cluster())
                .hasMessageContaining("is larger than");
    }

    private Configuration file(String text, Map<String, String> environment) throws IOException {
        return new Configuration(
                Files.writeString(temporary.resolve("node.yaml"), text), environment);
    }
}
