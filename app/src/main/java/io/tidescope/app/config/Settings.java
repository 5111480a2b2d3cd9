package io.tidescope.app.config;

import static io.tidescope.app.config.Role.GATEWAY;
import static io.tidescope.app.config.Role.INGEST;
import static io.tidescope.app.config.Role.PARSER;
import static io.tidescope.app.config.Role.REGISTRY;
import static io.tidescope.app.config.Role.STORE;

import io.tidescope.ingest.IngestService;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topics;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Everything that can be configured. */
final class Settings {
    private static final Set<Role> ALL = Setting.everyRole();
    private static final Set<Role> WITH_REGISTRY = Set.of(INGEST, PARSER, STORE, GATEWAY);
    private static final Set<Role> NODES = Set.of(PARSER, STORE);
    private static final int MAX_THREADS = 256;
    private static final int MAX_STANDBYS = 8;
    private static final int MAX_STORES = 1000;
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);
    private static final Duration LONGEST_SESSION = Duration.ofMinutes(30);
    private static final long MIB = 1L << 20;

    /** In the order of the documentation. */
    private static final List<Setting<?>> TABLE = new ArrayList<>();

    static final Setting<List<Address>> BOOTSTRAP =
            add(
                    Setting.required(
                            "kafka.bootstrap",
                            new ListForm<>(ScalarForm.address(), 100),
                            ALL,
                            "Brokers to find the Kafka cluster by."));
    static final Setting<Boolean> TLS =
            add(
                    Setting.of(
                            "kafka.tls.enabled",
                            ScalarForm.yesOrNo(),
                            "false",
                            ALL,
                            "Whether connections to the brokers are encrypted."));
    static final Setting<Path> TRUSTSTORE =
            add(
                    Setting.optional(
                            "kafka.tls.truststore",
                            ScalarForm.file(),
                            ALL,
                            "Certificates of authorities to trust: PEM, PKCS #12 or JKS; those of"
                                    + " the Java platform when not set."));
    static final Setting<Secret> TRUSTSTORE_PASSWORD =
            secret(
                    "kafka.tls.truststore-password",
                    ALL,
                    "What opens the truststore; none for PEM.");
    static final Setting<Path> TRUSTSTORE_PASSWORD_FILE = fileOf(TRUSTSTORE_PASSWORD);
    static final Setting<Path> KEYSTORE =
            add(
                    Setting.optional(
                            "kafka.tls.keystore",
                            ScalarForm.file(),
                            ALL,
                            "Key and certificate to prove who we are: PEM (both in one file),"
                                    + " PKCS #12 or JKS."));
    static final Setting<Secret> KEYSTORE_PASSWORD =
            secret("kafka.tls.keystore-password", ALL, "What opens the keystore; none for PEM.");
    static final Setting<Path> KEYSTORE_PASSWORD_FILE = fileOf(KEYSTORE_PASSWORD);
    static final Setting<Secret> KEY_PASSWORD =
            secret("kafka.tls.key-password", ALL, "What opens an encrypted key in it.");
    static final Setting<Path> KEY_PASSWORD_FILE = fileOf(KEY_PASSWORD);
    static final Setting<Boolean> VERIFY_HOSTNAME =
            add(
                    Setting.of(
                            "kafka.tls.verify-hostname",
                            ScalarForm.yesOrNo(),
                            "true",
                            ALL,
                            "Whether a broker's certificate must be for the name it is reached"
                                    + " by."));
    static final Setting<SaslMechanism> SASL =
            add(
                    Setting.optional(
                            "kafka.sasl.mechanism",
                            ScalarForm.choice(SaslMechanism.class, SaslMechanism::protocolName),
                            ALL,
                            "How to log in at the brokers; not at all when not set."));
    static final Setting<String> SASL_USERNAME =
            add(
                    Setting.optional(
                            "kafka.sasl.username",
                            ScalarForm.text("a text of one line", ".{1,500}"),
                            ALL,
                            "Who logs in."));
    static final Setting<Secret> SASL_PASSWORD =
            secret("kafka.sasl.password", ALL, "What they log in with.");
    static final Setting<Path> SASL_PASSWORD_FILE = fileOf(SASL_PASSWORD);
    static final Setting<Map<String, String>> CLIENT_PROPERTIES =
            add(
                    Setting.optional(
                            "kafka.properties",
                            new ClientPropertiesForm(),
                            ALL,
                            "Further properties of all Kafka clients, such as"
                                    + " `request.timeout.ms`; none that are secret."));
    static final Setting<Path> CLIENT_PROPERTIES_FILE =
            add(
                    Setting.optional(
                            "kafka.properties-file",
                            ScalarForm.file(),
                            ALL,
                            "A Java properties file with such properties, secret ones included."));

    static final Setting<String> PREFIX =
            add(
                    Setting.of(
                            "topics.prefix",
                            ScalarForm.text(
                                    "at most %d letters, digits, dots, dashes and underscores"
                                            .formatted(Namespace.MAX_PREFIX_LENGTH),
                                    Namespace.PREFIX),
                            "",
                            ALL,
                            "What the names of topics, consumer groups and transactional ids begin"
                                    + " with; the same for all roles of a deployment."));
    static final Setting<Integer> PARTITIONS =
            add(
                    Setting.of(
                            "topics.partitions",
                            ScalarForm.wholeNumber(1, Topics.MAX_PARTITIONS),
                            Integer.toString(Topics.DEFAULT_PARTITIONS),
                            ALL,
                            "Partitions of the index; fixed once its topics are there, and the same"
                                    + " for all roles."));
    static final Setting<Integer> REPLICAS =
            add(
                    Setting.optional(
                            "topics.replication",
                            ScalarForm.wholeNumber(1, Replication.MAX_REPLICAS),
                            ALL,
                            "Copies of each partition of the topics; as the brokers are set when"
                                    + " not set, and then not checked."));
    static final Setting<Integer> MIN_INSYNC =
            add(
                    Setting.optional(
                            "topics.min-insync-replicas",
                            ScalarForm.wholeNumber(1, Replication.MAX_REPLICAS),
                            ALL,
                            "Copies that must have a record before it counts as written; at most"
                                    + " `topics.replication`."));
    static final Setting<Boolean> CREATE_TOPICS =
            add(
                    Setting.of(
                            "topics.create",
                            ScalarForm.yesOrNo(),
                            "true",
                            Set.of(INGEST),
                            "Whether the ingest role creates topics that are missing; all other"
                                    + " roles only check them. `tidescope topics create` creates"
                                    + " them in any case."));

    static final Setting<URI> REGISTRY_URL =
            add(
                    Setting.required(
                            "registry.url",
                            ScalarForm.http(),
                            WITH_REGISTRY,
                            "Where the schema registry answers (Confluent's protocol)."));
    static final Setting<String> REGISTRY_HOST =
            add(
                    Setting.of(
                            "registry.host",
                            ScalarForm.host(),
                            "127.0.0.1",
                            Set.of(REGISTRY),
                            "Interface that TideScope's own registry listens on; `0.0.0.0` for"
                                    + " all."));
    static final Setting<Integer> REGISTRY_PORT =
            add(
                    Setting.of(
                            "registry.port",
                            ScalarForm.port(),
                            "8081",
                            Set.of(REGISTRY),
                            "Port of TideScope's own registry."));

    static final Setting<String> NODE_ID =
            add(
                    Setting.required(
                            "node.id",
                            ScalarForm.text(
                                    "1 to 100 letters, digits, dots, dashes and underscores",
                                    "[A-Za-z0-9._-]{1,100}"),
                            NODES,
                            "Name of the node among those of its role, the same after every"
                                    + " restart."));
    static final Setting<String> ADMIN_HOST =
            add(
                    Setting.of(
                            "admin.host",
                            ScalarForm.host(),
                            "127.0.0.1",
                            ALL,
                            "Interface for health and metrics; `0.0.0.0` for all."));
    static final Setting<Integer> ADMIN_PORT =
            add(
                    Setting.optional(
                            "admin.port",
                            ScalarForm.port(),
                            ALL,
                            "Port for health and metrics, 0 for any; when not set "
                                    + adminPorts()
                                    + "."));

    static final Setting<LogConfiguration.Format> LOG_FORMAT =
            add(
                    Setting.of(
                            "log.format",
                            ScalarForm.choice(
                                    LogConfiguration.Format.class,
                                    format -> format.name().toLowerCase(Locale.ROOT)),
                            "text",
                            ALL,
                            "How the log on standard error is written."));
    static final Setting<Path> LOG_FILE =
            add(
                    Setting.optional(
                            "log.file",
                            ScalarForm.newFile(),
                            ALL,
                            "A file for the log instead, as text; rolled at 20 MB, three kept."));

    static final Setting<String> INGEST_HOST =
            add(
                    Setting.of(
                            "ingest.host",
                            ScalarForm.host(),
                            "127.0.0.1",
                            Set.of(INGEST),
                            "Interface for pokes and webhooks; `0.0.0.0` for all."));
    static final Setting<Integer> INGEST_PORT =
            add(
                    Setting.of(
                            "ingest.port",
                            ScalarForm.port(),
                            "8082",
                            Set.of(INGEST),
                            "Port for pokes and webhooks."));
    static final Setting<List<RepositoryEntry>> REPOSITORIES =
            add(
                    Setting.required(
                            "ingest.repositories",
                            new ListForm<>(RepositoryEntry.FORM, IngestService.MAX_REPOSITORIES),
                            Set.of(INGEST),
                            "Repositories to follow."));
    static final Setting<Duration> POLL =
            add(
                    Setting.of(
                            "ingest.poll",
                            ScalarForm.duration(Duration.ofMillis(10), Duration.ofHours(24)),
                            "500ms",
                            Set.of(INGEST),
                            "How often refs are looked at when nobody pokes."));
    static final Setting<Duration> FETCH_POLL =
            add(
                    Setting.of(
                            "ingest.fetch-poll",
                            ScalarForm.duration(Duration.ofMillis(10), Duration.ofHours(24)),
                            "1m",
                            Set.of(INGEST),
                            "The same for repositories whose origin is fetched first."));
    static final Setting<Integer> CONCURRENT_PUBLISHES =
            add(
                    Setting.of(
                            "ingest.concurrent-publishes",
                            ScalarForm.wholeNumber(1, 64),
                            "4",
                            Set.of(INGEST),
                            "Repositories published at the same time, and as many again whose"
                                    + " publish takes long."));
    static final Setting<Secret> WEBHOOK_SECRET =
            secret(
                    "ingest.webhook-secret",
                    Set.of(INGEST),
                    "What code hosts sign webhooks with; no webhooks without.");
    static final Setting<Path> WEBHOOK_SECRET_FILE = fileOf(WEBHOOK_SECRET);

    static final Setting<Integer> PARSER_THREADS =
            add(
                    Setting.optional(
                            "parser.threads",
                            ScalarForm.wholeNumber(1, ParserSettings.MAX_THREADS),
                            Set.of(PARSER),
                            "Files parsed at the same time; one for each core when not set."));
    static final Setting<Duration> PARSE_DEADLINE =
            add(
                    Setting.of(
                            "parser.parse-deadline",
                            ScalarForm.duration(
                                    Duration.ofMillis(100), ParserSettings.MAX_PARSE_DEADLINE),
                            ScalarForm.show(ParserSettings.DEFAULT_PARSE_DEADLINE),
                            Set.of(PARSER),
                            "How long one file may take."));
    static final Setting<Duration> PARSER_SESSION =
            add(
                    Setting.of(
                            "parser.session-timeout",
                            ScalarForm.duration(SHORTEST_SESSION, LONGEST_SESSION),
                            ScalarForm.show(ParserSettings.DEFAULT_SESSION_TIMEOUT),
                            Set.of(PARSER),
                            "After which a node that vanished loses its partitions; brokers have"
                                    + " bounds of their own, `group.min.session.timeout.ms`."));

    static final Setting<Path> STORE_DIRECTORY =
            add(
                    Setting.required(
                            "store.directory",
                            ScalarForm.directory(),
                            Set.of(STORE),
                            "Where the node keeps its partitions; its own, on a durable disk."));
    static final Setting<String> STORE_HOST =
            add(
                    Setting.of(
                            "store.host",
                            ScalarForm.host(),
                            "127.0.0.1",
                            Set.of(STORE),
                            "Interface that gateways reach the node by; `0.0.0.0` for all."));
    static final Setting<Integer> STORE_PORT =
            add(
                    Setting.of(
                            "store.port",
                            ScalarForm.port(),
                            "7401",
                            Set.of(STORE),
                            "Port that gateways reach the node by."));
    static final Setting<Address> STORE_ADVERTISED =
            add(
                    Setting.optional(
                            "store.advertised",
                            ScalarForm.address(),
                            Set.of(STORE),
                            "Where others reach the node; `store.host` and `store.port` when not"
                                    + " set."));
    static final Setting<Integer> STORE_THREADS =
            add(
                    Setting.of(
                            "store.threads",
                            ScalarForm.wholeNumber(1, MAX_THREADS),
                            "2",
                            Set.of(STORE),
                            "Threads that apply records; partitions are spread over them."));
    static final Setting<Integer> QUERY_THREADS =
            add(
                    Setting.of(
                            "store.query-threads",
                            ScalarForm.wholeNumber(1, MAX_THREADS),
                            "2",
                            Set.of(STORE),
                            "Threads that scan partitions for queries."));
    static final Setting<Long> NATIVE_MEMORY =
            add(
                    Setting.of(
                            "store.native-memory",
                            ScalarForm.bytes(64 * MIB, 1L << 40),
                            "384MiB",
                            Set.of(STORE),
                            "Bound of RocksDB's caches and write buffers together."));
    static final Setting<Long> TREE_CACHE =
            add(
                    Setting.optional(
                            "store.tree-cache",
                            ScalarForm.bytes(0, 1L << 40),
                            Set.of(STORE),
                            "About how much of the heap syntax trees take that were searched"
                                    + " lately; a fifth when not set."));
    static final Setting<Duration> STORE_SESSION =
            add(
                    Setting.of(
                            "store.session-timeout",
                            ScalarForm.duration(SHORTEST_SESSION, LONGEST_SESSION),
                            "10s",
                            Set.of(STORE),
                            "After which a node that vanished loses its partitions; brokers have"
                                    + " bounds of their own, `group.min.session.timeout.ms`."));

    static final Setting<Duration> STORE_COMMIT =
            add(
                    Setting.of(
                            "store.commit-interval",
                            ScalarForm.duration(Duration.ofMillis(50), Duration.ofMinutes(1)),
                            "500ms",
                            Set.of(STORE),
                            "How often progress is committed. Standbys follow only as far as it"
                                    + " is, so they are about two intervals behind."));
    static final Setting<Integer> STANDBYS =
            add(
                    Setting.of(
                            "store.standbys",
                            ScalarForm.wholeNumber(0, MAX_STANDBYS),
                            "1",
                            Set.of(STORE),
                            "Nodes that follow each partition beside the one that has it, if there"
                                    + " are as many; the same at all nodes."));
    static final Setting<String> RACK =
            add(
                    Setting.optional(
                            "store.rack",
                            ScalarForm.text(
                                    "1 to 30 letters, digits, dots, dashes or underscores",
                                    "[A-Za-z0-9._-]{1,30}"),
                            Set.of(STORE),
                            "Where the node stands, such as a zone: standbys are put where the"
                                    + " partition itself is not. All nodes say it, or none."));

    static final Setting<String> GATEWAY_HOST =
            add(
                    Setting.of(
                            "gateway.host",
                            ScalarForm.host(),
                            "127.0.0.1",
                            Set.of(GATEWAY),
                            "Interface of the HTTP API; `0.0.0.0` for all."));
    static final Setting<Integer> GATEWAY_PORT =
            add(
                    Setting.of(
                            "gateway.port",
                            ScalarForm.port(),
                            "8080",
                            Set.of(GATEWAY),
                            "Port of the HTTP API."));
    static final Setting<List<Address>> STORES =
            add(
                    Setting.required(
                            "gateway.stores",
                            new ListForm<>(ScalarForm.address(), MAX_STORES),
                            Set.of(GATEWAY),
                            "Store nodes to find the others by; two or three will do."));
    static final Setting<Duration> TIMEOUT =
            add(
                    Setting.of(
                            "gateway.timeout",
                            ScalarForm.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
                            "10s",
                            Set.of(GATEWAY),
                            "How long an answer may take."));

    private Settings() {}

    static List<Setting<?>> all() {
        return List.copyOf(TABLE);
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        TABLE.add(setting);
        return setting;
    }

    private static Setting<Secret> secret(String key, Set<Role> roles, String meaning) {
        return add(Setting.secret(key, roles, meaning));
    }

    private static Setting<Path> fileOf(Setting<Secret> secret) {
        return add(
                Setting.optional(
                        secret.fileKey(),
                        ScalarForm.file(),
                        secret.roles(),
                        "A file that holds what else stands in `%s`."
                                .formatted(secret.variable())));
    }

    private static String adminPorts() {
        List<String> ports = new ArrayList<>();
        for (Role role : Role.values()) {
            ports.add(role.adminPort() + " for " + role.command());
        }
        return String.join(", ", ports);
    }
}
