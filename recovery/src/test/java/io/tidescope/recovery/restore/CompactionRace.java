package io.tidescope.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.backup.ArchiverNode;
import io.tidescope.recovery.backup.FullBackup;
import io.tidescope.recovery.backup.Schedule;
import io.tidescope.recovery.object.WatchedObjects;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Documents are compacted as soon as brokers may, and the history is seconds: while an archiver
 * follows, and while a full backup is in the middle of its reading.
 *
 * <p>Parsers are stopped for longer than the history, and publishes are incomplete: then versions
 * that a backup needs may be gone, and what is restored is either right, or the verification names
 * it.
 */
final class CompactionRace implements Disaster {
    private static final Duration HISTORY = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Schedule OFTEN =
            new Schedule(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofDays(30));

    /** Rolled with almost every write, for what is written last is never compacted. */
    private static final Map<String, String> EAGER =
            Map.of("segment.ms", "20", "min.cleanable.dirty.ratio", "0.0");

    private final Scene scene;
    private final TestDeployment raced;

    CompactionRace(Scene scene) {
        this.scene = scene;
        raced = scene.cluster.deployment(scene.name + "raced.", HISTORY);
    }

    @Override
    public Outcome run() throws Exception {
        raced.withTopics();
        alter(
                new ConfigResource(ConfigResource.Type.TOPIC, raced.topics().documents().name()),
                EAGER);
        ParserNode parser = raced.startParser();
        try (ArchiverNode archiver =
                new ArchiverNode(
                        raced.source(),
                        scene.archive,
                        OFTEN,
                        InstantSource.system(),
                        new SimpleMeterRegistry())) {
            for (String repository : scene.pushes.repositories().keySet()) {
                push(repository);
            }
            raced.awaitDocuments();
            archiver.start();
            for (int steps = 2 + scene.random.nextInt(3); steps > 0; steps--) {
                if (scene.random.nextInt(3) == 0) {
                    parser.close();
                    parser = stoppedForTheHistory();
                } else {
                    step();
                }
            }
            fullBackupIsRaced();
            Eventually.until(LIMIT, "a backup", () -> !scene.archive.backups().isEmpty());
        } finally {
            parser.close();
        }
        scene.promises.foundMore();
        scene.promises.requireWhole();
        return new Aftermath(scene).restoredOrNamed();
    }

    private void step() throws Exception {
        switch (scene.random.nextInt(3)) {
            case 0 -> push(scene.pushes.any());
            case 1 -> pushCutOff();
            default -> fullBackupIsRaced();
        }
    }

    private void push(String repository) {
        scene.told.of(Event.PUSH);
        scene.pushes.push(raced, repository, InstantSource.system());
    }

    private void pushCutOff() {
        scene.told.of(
                scene.pushes.pushCutOff(raced, scene.pushes.any())
                        ? Event.PUSH_CUT_OFF
                        : Event.PUSH);
    }

    /** What it makes then is as old as what it is made from, and is compacted away at once. */
    private ParserNode stoppedForTheHistory() {
        scene.told.of(Event.PARSER_STOPPED);
        push(scene.pushes.any());
        push(scene.pushes.any());
        Instant old = Instant.now().plus(HISTORY);
        Eventually.until(LIMIT, "the history over", () -> Instant.now().isAfter(old));
        return raced.startParser();
    }

    /** At one of its writes a full backup waits until something was compacted away. */
    private void fullBackupIsRaced() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch compacted = new CountDownLatch(1);
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            Future<Manifest> backup = worker.submit(() -> heldBackup(reached, compacted));
            reached.await();
            try {
                if (scene.random.nextBoolean()) {
                    awaitCompaction();
                }
            } finally {
                compacted.countDown();
            }
            try {
                scene.told.of(Event.BACKUP, Long.toString(backup.get().id()));
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                TideScopeException.class,
                                refused ->
                                        assertThat(refused.code())
                                                .isEqualTo(ErrorCode.PRECONDITION_FAILED));
                scene.told.of(Event.BACKUP_REFUSED);
            }
        }
    }

    private Manifest heldBackup(CountDownLatch reached, CountDownLatch compacted) {
        WatchedObjects held =
                new WatchedObjects(
                        scene.objects,
                        new WatchedObjects.Watcher() {
                            @Override
                            public void creating() {
                                reached.countDown();
                                try {
                                    compacted.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                        });
        return new FullBackup(raced.source(), new Archive(held), InstantSource.system(), () -> true)
                .run();
    }

    /** Newer versions come, and older ones go. */
    private void awaitCompaction() {
        long before = gone();
        String repository = scene.pushes.any();
        push(repository);
        push(repository);
        Eventually.until(
                LIMIT,
                "something compacted away",
                () -> gone() > before,
                () -> "%d changes without a document".formatted(gone()));
        scene.told.of(Event.COMPACTED);
    }

    /** Changes that documents were made of, or will be, and are not there any more, or yet. */
    private long gone() {
        try (TopicScan scan = new TopicScan(raced.kafka())) {
            long gone = 0;
            for (int i = 0; i < TestDeployment.PARTITIONS; i++) {
                gone +=
                        scan.read(
                                        new TopicPartition(raced.kafka().names().fileChanges(), i),
                                        _ -> {})
                                - scan.read(
                                        new TopicPartition(raced.kafka().names().documents(), i),
                                        _ -> {});
            }
            return gone;
        }
    }

    /** Has the broker look for what can be compacted as often as it may. */
    static void hurry(Cluster cluster) throws Exception {
        alterAll(
                cluster,
                new ConfigResource(ConfigResource.Type.BROKER, ""),
                Map.of("log.cleaner.backoff.ms", "100"));
    }

    private void alter(ConfigResource resource, Map<String, String> settings) throws Exception {
        alterAll(scene.cluster, resource, settings);
    }

    private static void alterAll(
            Cluster cluster, ConfigResource resource, Map<String, String> settings)
            throws Exception {
        List<AlterConfigOp> changes =
                settings.entrySet().stream()
                        .map(
                                each ->
                                        new AlterConfigOp(
                                                new ConfigEntry(each.getKey(), each.getValue()),
                                                AlterConfigOp.OpType.SET))
                        .toList();
        try (Admin admin = Admin.create(cluster.kafka().clientProperties())) {
            admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
        }
    }
}
