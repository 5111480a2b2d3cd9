package io.tidescope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/** A real broker with the topics, a log to publish to and a model that reads it. */
final class LogRig implements AutoCloseable {
    static final String MAIN = "refs/heads/main";
    private static final Topics TOPICS = new Topics(4);

    private final TestBroker broker = TestBroker.start();
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final EventLog log = new EventLog(broker.connection(), TOPICS, registry);
    private final LogModel model;

    LogRig() {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            new TopicAdmin(admin).ensure(TOPICS);
        }
        model = new LogModel(broker.connection(), TOPICS, registry);
    }

    EventLog log() {
        return log;
    }

    /** The same log, for one that may not always publish to it. */
    EventLog log(PublishPermit permit) {
        return new EventLog(broker.connection(), TOPICS, registry, Tracing.OFF, permit);
    }

    LogModel model() {
        return model;
    }

    /** Ends of all partitions together: it grows with whatever is sent, committed or not. */
    long end() {
        return log
                .highWatermarks(
                        IntStream.range(0, TOPICS.partitions())
                                .mapToObj(
                                        number ->
                                                new TopicPartition(
                                                        Namespace.NONE.fileChanges(), number))
                                .toList())
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    static TrackedRepository tracked(String name, GitFixture git, String... refs) {
        return new TrackedRepository(name, git.directory(), List.of(refs), false);
    }

    Publisher publisher(TrackedRepository repository) {
        return publisher(repository, PublishLimits.DEFAULT, PublishListener.NONE);
    }

    Publisher publisher(
            TrackedRepository repository, PublishLimits limits, PublishListener listener) {
        return new Publisher(repository, log, limits, InstantSource.system(), listener);
    }

    /** The guarantee: what the log says of the ref is what git says of its tip. */
    void assertPublished(String repository, GitFixture git, String ref) {
        model.catchUp();
        String tip = git.tip(ref);
        assertThat(model.files(repository, ref)).isEqualTo(git.javaFiles(tip));
        RevisionMarker marker = model.marker(repository, ref);
        assertThat(marker.getCommit()).isEqualTo(tip);
        RefState state = model.state(repository, ref);
        assertThat(state.getCommit()).isEqualTo(tip);
        assertThat(state.getProgress()).isNull();
        assertThat(state.getSequence()).isEqualTo(marker.getSequence());
        FileCounts expected = counts(git, tip);
        assertThat(FileCounts.of(state)).isEqualTo(expected);
        assertThat(
                        new FileCounts(
                                marker.getJavaFiles(),
                                marker.getOtherFiles(),
                                marker.getSymlinks(),
                                marker.getSubmodules()))
                .isEqualTo(expected);
    }

    /** The same for a ref that is gone. */
    void assertGone(String repository, String ref) {
        model.catchUp();
        assertThat(model.files(repository, ref)).isEmpty();
        assertThat(model.marker(repository, ref).getCommit()).isNull();
        RefState state = model.state(repository, ref);
        assertThat(state.getCommit()).isNull();
        assertThat(FileCounts.of(state)).isEqualTo(FileCounts.NONE);
    }

    private static FileCounts counts(GitFixture git, String revision) {
        int java = git.javaFiles(revision).size();
        int regular = 0;
        int links = 0;
        int submodules = 0;
        String modes = git.run("ls-tree", "-r", "--format=%(objectmode)", revision);
        for (String mode : modes.split("\n")) {
            switch (mode) {
                case "120000" -> links++;
                case "160000" -> submodules++;
                case "" -> {}
                default -> regular++;
            }
        }
        return new FileCounts(java, regular - java, links, submodules);
    }

    @Override
    public void close() {
        model.close();
        broker.close();
    }
}
