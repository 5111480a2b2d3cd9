package io.tidescope.recovery.restore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.ingest.EventLog;
import io.tidescope.ingest.PublishLimits;
import io.tidescope.ingest.PublishListener;
import io.tidescope.ingest.PublishPermit;
import io.tidescope.ingest.Publisher;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.backup.BackupSource;
import io.tidescope.recovery.backup.FullBackup;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A deployment on a real broker: git repositories are published to it, and parsers make documents.
 */
public final class TestDeployment {
    static final int PARTITIONS = 4;
    public static final String MAIN = "refs/heads/main";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KafkaConnection kafka;
    private final Topics topics;
    private final SchemaRegistry registry;
    private final PublishPermit permit;

    public TestDeployment(TestBroker broker, String prefix) {
        this(broker.connection(), prefix, new InMemorySchemaRegistry(), Topics.DEFAULT_HISTORY);
    }

    /** One that publishes when it may. */
    public TestDeployment(
            TestBroker broker, String prefix, SchemaRegistry registry, PublishPermit permit) {
        this(broker.connection(), prefix, registry, Topics.DEFAULT_HISTORY, permit);
    }

    /**
     * With a registry that others share, and versions of documents that may be compacted away after
     * a time.
     */
    TestDeployment(
            KafkaConnection cluster, String prefix, SchemaRegistry registry, Duration history) {
        this(cluster, prefix, registry, history, PublishPermit.ALWAYS);
    }

    private TestDeployment(
            KafkaConnection cluster,
            String prefix,
            SchemaRegistry registry,
            Duration history,
            PublishPermit permit) {
        this.registry = registry;
        this.permit = permit;
        kafka =
                new KafkaConnection(
                        cluster.bootstrapServers(), cluster.properties(), new Namespace(prefix));
        topics = new Topics(kafka.names(), PARTITIONS, Replication.BROKERS_DEFAULT, history);
    }

    public TestDeployment withTopics() {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            new TopicAdmin(admin).ensure(topics);
        }
        return this;
    }

    /** With a repository that is published and parsed. */
    public static TestDeployment published(
            TestBroker broker, String prefix, String name, GitRepository git) {
        TestDeployment deployment = new TestDeployment(broker, prefix).withTopics();
        deployment.publish(name, git);
        deployment.parse();
        return deployment;
    }

    public Manifest backUp(Archive archive) {
        return new FullBackup(source(), archive, InstantSource.system(), () -> true).run();
    }

    public KafkaConnection kafka() {
        return kafka;
    }

    public Topics topics() {
        return topics;
    }

    public BackupSource source() {
        return new BackupSource(kafka, topics, registry, "test");
    }

    public RestoreTarget target() {
        return new RestoreTarget(kafka, topics, registry);
    }

    /** Publishes what a repository's main branch points at. */
    public void publish(String name, GitRepository git) {
        publish(name, git, InstantSource.system());
    }

    void publish(String name, GitRepository git, InstantSource clock) {
        publish(name, git, clock, PublishLimits.DEFAULT, PublishListener.NONE);
    }

    public void publish(
            String name,
            GitRepository git,
            InstantSource clock,
            PublishLimits limits,
            PublishListener listener) {
        publish(name, git.directory(), clock, limits, listener);
    }

    void publish(
            String name,
            Path git,
            InstantSource clock,
            PublishLimits limits,
            PublishListener listener) {
        try (Publisher publisher =
                new Publisher(
                        new TrackedRepository(name, git, List.of(MAIN), false),
                        new EventLog(kafka, topics, registry, Tracing.OFF, permit),
                        limits,
                        clock,
                        listener)) {
            publisher.publish();
        }
    }

    /** Runs a parser until everything published has its documents. */
    public void parse() {
        try (ParserNode _ = startParser()) {
            awaitDocuments();
        }
    }

    /** A parser that makes documents until it is closed. */
    public ParserNode startParser() {
        ParserNode parser =
                new ParserNode(
                        kafka,
                        ParserSettings.forNode("parser"),
                        registry,
                        new JavaSourceParser()::parse,
                        new SimpleMeterRegistry());
        parser.start();
        return parser;
    }

    /** Waits until everything published has its documents. */
    public void awaitDocuments() {
        Eventually.until(
                LIMIT,
                "documents of everything published",
                () -> markers(kafka.names().documents()).equals(published()));
    }

    private Map<String, Long> published() {
        return markers(kafka.names().fileChanges());
    }

    /** Of each partition and ref the newest marker. */
    private Map<String, Long> markers(String topic) {
        boolean log = topic.equals(kafka.names().fileChanges());
        AvroSerde<FileChange> changes = AvroSerde.forValue(topic, FileChange.class, registry);
        AvroSerde<DocumentRecord> documents =
                AvroSerde.forValue(topic, DocumentRecord.class, registry);
        Map<String, Long> markers = new HashMap<>();
        try (TopicScan scan = new TopicScan(kafka)) {
            for (int i = 0; i < PARTITIONS; i++) {
                TopicPartition partition = new TopicPartition(topic, i);
                scan.read(
                        partition,
                        record -> {
                            if (record.value() == null) {
                                return;
                            }
                            ByteBuffer value = ByteBuffer.wrap(record.value());
                            Object body =
                                    log
                                            ? changes.deserialize(value).getChange()
                                            : documents.deserialize(value).getBody();
                            if (body instanceof RevisionMarker marker) {
                                markers.put(
                                        "%d %s %s"
                                                .formatted(
                                                        partition.partition(),
                                                        marker.getRepository(),
                                                        marker.getRef()),
                                        marker.getSequence());
                            }
                        });
            }
        }
        return markers;
    }

    /** The commit that publishers take a ref's newest complete publish for. */
    Map<RefKey, String> published(Map<RefKey, String> into) {
        AvroSerde<RefState> states =
                AvroSerde.forValue(kafka.names().repositories(), RefState.class, registry);
        try (TopicScan scan = new TopicScan(kafka)) {
            scan.read(
                    new TopicPartition(kafka.names().repositories(), 0),
                    record -> {
                        var state = states.deserialize(ByteBuffer.wrap(record.value()));
                        into.put(RefKey.read(record.key()), String.valueOf(state.getCommit()));
                    });
        }
        return into;
    }

    /** Sources of all documents that there are, by repository, ref and path. */
    public SortedMap<String, String> documents() {
        SortedMap<String, String> sources = new TreeMap<>();
        AvroSerde<DocumentRecord> documents =
                AvroSerde.forValue(kafka.names().documents(), DocumentRecord.class, registry);
        try (TopicScan scan = new TopicScan(kafka)) {
            for (int i = 0; i < PARTITIONS; i++) {
                scan.read(
                        new TopicPartition(kafka.names().documents(), i),
                        record -> {
                            DocumentKey key = DocumentKey.read(record.key());
                            String name = name(key.repository(), key.path());
                            if (record.value() == null) {
                                sources.remove(name);
                            } else if (documents
                                            .deserialize(ByteBuffer.wrap(record.value()))
                                            .getBody()
                                    instanceof Document document) {
                                sources.put(
                                        name,
                                        StandardCharsets.UTF_8
                                                .decode(document.getSource())
                                                .toString());
                            }
                        });
            }
        }
        return sources;
    }

    private static String name(String repository, String path) {
        return repository + " " + path;
    }

    /** What {@link #documents} must be: the Java files that git has at a commit. */
    public static SortedMap<String, String> oracle(String name, GitRepository git, String commit) {
        SortedMap<String, String> sources = new TreeMap<>();
        git.files(commit)
                .forEach(
                        (path, content) -> {
                            if (path.endsWith(".java")) {
                                sources.put(
                                        name(name, path),
                                        new String(content, StandardCharsets.UTF_8));
                            }
                        });
        return sources;
    }

    /** Parses again as the application does. */
    public static byte[] tree(byte[] source) {
        return new JavaSourceParser().parse(source) instanceof Parsed parsed
                ? parsed.tree().toBytes()
                : new byte[0];
    }
}
