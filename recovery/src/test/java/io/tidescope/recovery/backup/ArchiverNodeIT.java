package io.tidescope.recovery.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Validation;
import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.WatchedObjects;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Archivers at work beside each other, over a real broker. */
@Timeout(180)
class ArchiverNodeIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NAME = "a/b";
    private static final Schedule OFTEN =
            new Schedule(Duration.ofMillis(200), Duration.ofDays(7), Duration.ofDays(30));

    private static TestBroker broker;

    @TempDir private Path directory;

    private final MemoryObjects kept = new MemoryObjects(InstantSource.system());
    private final AtomicBoolean away = new AtomicBoolean();
    private final ObjectStore objects =
            new WatchedObjects(
                    kept,
                    new WatchedObjects.Watcher() {
                        @Override
                        public void called() {
                            if (away.get()) {
                                throw new TideScopeException(
                                        ErrorCode.UNAVAILABLE, "the store is away");
                            }
                        }
                    });
    private final Archive archive = new Archive(objects);

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void oneOfTwoIsAtWorkAndTheOtherGoesOnWithItsBackups() {
        GitRepository git = repository();
        TestDeployment deployment = new TestDeployment(broker, "pair.").withTopics();
        deployment.publish(NAME, git);
        try (ArchiverNode one = archiver(deployment);
                ArchiverNode other = archiver(deployment)) {
            one.start();
            other.start();
            awaitBackups(3);
            assertThat(one.isActive()).isNotEqualTo(other.isActive());
            ArchiverNode first = one.isActive() ? one : other;
            ArchiverNode second = one.isActive() ? other : one;

            first.close();
            Eventually.until(LIMIT, "the other archiver at work", second::isActive);
            long last = archive.backups().getLast();
            git.write("B.java", "class B {}");
            git.commit("more");
            deployment.publish(NAME, git);
            awaitBackups((int) last + 3);
        }
        List<Long> backups = archive.backups();
        Manifest newest = archive.chain(backups.getLast()).newest();
        assertThat(archive.chain(newest.id()).manifests()).hasSameSizeAs(backups);
        assertThat(newest.cut())
                .singleElement()
                .satisfies(mark -> assertThat(mark.commit()).isEqualTo(git.head()));
        assertThat(new Validation(archive).run(newest.id()).problems()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerForAWhileIsToldAndThenGoneOnWith() {
        TestDeployment deployment = new TestDeployment(broker, "flaky.").withTopics();
        deployment.publish(NAME, repository());
        away.set(true);
        try (ArchiverNode archiver = archiver(deployment)) {
            archiver.start();
            Eventually.until(LIMIT, "a problem", () -> archiver.problem().isPresent());
            assertThat(archiver.problem().orElseThrow()).contains("the store is away");

            away.set(false);
            awaitBackups(2);
            Eventually.until(LIMIT, "no problem", () -> archiver.problem().isEmpty());
        }
        assertThat(new Validation(archive).run(archive.backups().getLast()).problems()).isEmpty();
    }

    @Test
    void whereRecordsAreGoneAFullOneIsMade() throws Exception {
        TestDeployment deployment = new TestDeployment(broker, "gap.").withTopics();
        GitRepository git = repository();
        deployment.publish(NAME, git);
        new FullBackup(deployment.source(), archive, InstantSource.system(), () -> true).run();
        git.write("C.java", "class C {}");
        git.commit("more");
        deployment.publish(NAME, git);
        deleteAll(deployment);

        assertThatThrownBy(
                        () ->
                                new Tail(
                                        deployment.source(),
                                        archive,
                                        InstantSource.system(),
                                        () -> true))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("begins at")
                .hasMessageContaining("A full one is needed");
        try (ArchiverNode archiver = archiver(deployment)) {
            archiver.start();
            awaitBackups(2);
        }
        assertThat(archive.read(2).kind()).isEqualTo(Manifest.Kind.FULL);
    }

    @Test
    void whatAClockThatIsAheadMadeKeepsNobodyFromMakingMore() {
        TestDeployment deployment = new TestDeployment(broker, "ahead.").withTopics();
        deployment.publish(NAME, repository());
        InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofDays(9));
        new FullBackup(deployment.source(), archive, ahead, () -> true).run();

        try (ArchiverNode archiver = archiver(deployment)) {
            archiver.start();
            awaitBackups(3);
        }
        assertThat(archive.read(2).kind()).isEqualTo(Manifest.Kind.FULL);
        assertThat(archive.read(3).kind()).isEqualTo(Manifest.Kind.INCREMENTAL);
    }

    /** Everything in the log, as a retention does that somebody set. */
    private static void deleteAll(TestDeployment deployment) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int i = 0; i < deployment.topics().partitions(); i++) {
            all.put(
                    new TopicPartition(deployment.kafka().names().fileChanges(), i),
                    RecordsToDelete.beforeOffset(-1));
        }
        try (Admin admin = Admin.create(deployment.kafka().clientProperties())) {
            admin.deleteRecords(all).all().get();
        }
    }

    private void awaitBackups(int count) {
        Eventually.until(
                LIMIT, count + " backups", () -> new Archive(kept).backups().size() >= count);
    }

    private GitRepository repository() {
        GitRepository git = GitRepository.create(directory.resolve("git"));
        git.write("A.java", "class A {}");
        git.commit("first");
        return git;
    }

    private ArchiverNode archiver(TestDeployment deployment) {
        return new ArchiverNode(
                deployment.source(),
                new Archive(objects),
                OFTEN,
                InstantSource.system(),
                new SimpleMeterRegistry());
    }
}
