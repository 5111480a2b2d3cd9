package io.tidescope.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.ingest.EventLog;
import io.tidescope.ingest.IngestService;
import io.tidescope.ingest.IngestSettings;
import io.tidescope.ingest.PublishListener;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.parser.stream.ParserSettings;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topics;
import io.tidescope.store.StoreSettings;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.ScratchDirectory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A deployment's topics with the code of one commit in them, or of a part of its files: what stores
 * are made from.
 */
public final class IndexedCode {
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(5);
    private static final String NODE = "bench";

    private final BenchCluster cluster;
    private final KafkaConnection connection;
    private final int documents;

    private IndexedCode(BenchCluster cluster, Topics topics, int documents) {
        this.cluster = cluster;
        this.connection = cluster.connection(topics.names().prefix());
        this.documents = documents;
        ClusterCheck.ensureTopics(connection, topics);
    }

    private static Topics topics(String prefix, int partitions) {
        return new Topics(new Namespace(prefix), partitions, Replication.BROKERS_DEFAULT);
    }

    /**
     * Imports a repository, with all roles in this process, unless the cluster has it from an
     * earlier run.
     *
     * @param files Java files of the repository's last commit
     */
    public static IndexedCode of(
            BenchCluster cluster,
            String prefix,
            int partitions,
            GitRepository repository,
            int files) {
        return of(cluster, prefix, partitions, repository, files, SimpleMeterRegistry::new);
    }

    /**
     * The same with meters of some kind.
     *
     * @param meters makes a registry for each role
     */
    public static IndexedCode of(
            BenchCluster cluster,
            String prefix,
            int partitions,
            GitRepository repository,
            int files,
            Supplier<MeterRegistry> meters) {
        Topics topics = topics(prefix, partitions);
        IndexedCode code = new IndexedCode(cluster, topics, files);
        if (code.documentsBytes() > 0) {
            return code;
        }
        TrackedRepository tracked =
                TrackedRepository.of(repository.directory(), null, List.of(), false);
        try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-import");
                RestoredStore store = code.store(scratch.path(), meters.get());
                ParserNode parser =
                        new ParserNode(
                                code.connection,
                                ParserSettings.forNode(NODE),
                                cluster.registry(),
                                new JavaSourceParser()::parse,
                                meters.get());
                IngestService ingest =
                        new IngestService(
                                List.of(tracked),
                                new EventLog(code.connection, topics, cluster.registry()),
                                IngestSettings.DEFAULT,
                                InstantSource.system(),
                                PublishListener.NONE)) {
            parser.start();
            ingest.start();
            Eventually.until(IMPORT_LIMIT, "is imported", () -> store.documents() == files);
        }
        return code;
    }

    /**
     * Some of its files, in topics of their own, and known to a group of stores.
     *
     * @param prefix not used before
     */
    public IndexedCode part(String prefix, int partitions, Set<String> paths) {
        IndexedCode part = new IndexedCode(cluster, topics(prefix, partitions), paths.size());
        TopicCopy copy = new TopicCopy(connection, paths::contains);
        Namespace from = connection.names();
        Namespace to = part.connection.names();
        copy.copy(from.fileChanges(), to.fileChanges());
        copy.copy(from.documents(), to.documents());
        // A group that has never committed an offset applies what comes, and restores nothing.
        try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-first");
                RestoredStore first = part.store(scratch.path())) {
            first.await();
        }
        return part;
    }

    /** Bytes that {@code documents} takes at the broker. */
    public long documentsBytes() {
        return cluster.bytes(connection.names().documents());
    }

    /** Bytes that {@code file-changes} takes at the broker. */
    public long fileChangesBytes() {
        return cluster.bytes(connection.names().fileChanges());
    }

    /** A store node that is made from the topics in an empty directory. */
    public RestoredStore store(Path directory) {
        return store(directory, new SimpleMeterRegistry());
    }

    /** The same with meters of some kind. */
    public RestoredStore store(Path directory, MeterRegistry meters) {
        return new RestoredStore(
                connection,
                StoreSettings.of(directory, NODE),
                cluster.registry(),
                documents,
                meters);
    }
}
