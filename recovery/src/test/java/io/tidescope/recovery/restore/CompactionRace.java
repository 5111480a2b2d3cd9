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
import org.jspecify.annotations.Nullable;

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
 * follows, and while a full backup is in the middle of its reading. It is twice as long as a parser
 * takes to catch up on this machine: with less, every backup would be refused on a busy one.
 *
 * <p>Parsers are stopped for longer than the history, and publishes are incomplete: then versions
 * that a backup needs may be gone, and what is restored is either right, or the verification names
 * it.
 */
final class CompactionRace implements Disaster {
    private static final Duration SHORTEST_HISTORY = Duration.ofSeconds(4);
    private static final Duration LONGEST_HISTORY = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Schedule OFTEN =
            new Schedule(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofDays(30));

    /** Rolled with almost every write, for what is written last is never compacted. */
    private static final Map<String, String> EAGER =
            Map.of("segment.ms", "20", "min.cleanable.dirty.ratio", "0.0");

    private final Scene scene;
    private TestDeployment raced;

    private Duration history = LONGEST_HISTORY;

    /** Null while it is stopped. */
    private @Nullable ParserNode parser;

    CompactionRace(Scene scene) {
        this.scene = scene;
        raced = deployment();
    }

    private TestDeployment deployment() {
        return scene.cluster.deployment(scene.name + "raced.", history);
    }

    @Override
    public Outcome run() throws Exception {
        raced.withTopics();
        alter(EAGER);
        try {
            for (String repository : scene.pushes.repositories().keySet()) {
                push(repository);
            }
            history = twice(startedParser());
            raced = deployment();
            alter(raced.topics().documents().settings());
            return race();
        } finally {
            stopParser();
        }
    }

    private static Duration twice(Duration time) {
        Duration twice = time.multipliedBy(2).plus(SHORTEST_HISTORY);
        return twice.compareTo(LONGEST_HISTORY) < 0 ? twice : LONGEST_HISTORY;
    }

    private Outcome race() throws Exception {
        try (ArchiverNode archiver =
                new ArchiverNode(
                        raced.source(),
                        scene.archive,
                        OFTEN,
                        InstantSource.system(),
                        new SimpleMeterRegistry())) {
            archiver.start();
            awaitBackup(archiver);
            for (int steps = 1 + scene.random.nextInt(3); steps > 0; steps--) {
                step();
            }
            fullBackupIsRaced();
            awaitBackup(archiver);
            if (scene.archive.backups().isEmpty()) {
                // All were refused: the machine has become busier since.
                requireNamed(archiver.problem().orElseThrow());
                return Outcome.NAMED;
            }
        }
        scene.promises.foundMore();
        scene.promises.requireWhole();
        return new Aftermath(scene).restoredOrNamed();
    }

    private void awaitBackup(ArchiverNode archiver) {
        Eventually.until(
                LIMIT,
                "a backup, or the reason why there is none",
                () -> !scene.archive.backups().isEmpty() || archiver.problem().isPresent());
    }

    private void step() throws Exception {
        switch (scene.random.nextInt(4)) {
            case 0 -> push(scene.pushes.any());
            case 1 -> pushCutOff();
            case 2 -> raced.awaitDocuments();
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

    /**
     * At its first write a full backup waits until something was compacted away: newer versions
     * have come meanwhile, and their time is over, so that the backup is refused; or a parser that
     * was behind makes versions that are as old as what they are made from, and may go at once.
     */
    private void fullBackupIsRaced() throws Exception {
        raced.awaitDocuments();
        long before = gone();
        boolean behind = scene.random.nextBoolean();
        if (behind) {
            stopForTheHistory();
        }
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch compacted = new CountDownLatch(1);
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            Future<Manifest> backup = worker.submit(() -> heldBackup(reached, compacted));
            reached.await();
            try {
                if (behind) {
                    startedParser();
                } else {
                    pushTwice();
                    raced.awaitDocuments();
                }
                Eventually.until(LIMIT, "something compacted away", () -> gone() > before);
                scene.told.of(Event.COMPACTED);
            } finally {
                compacted.countDown();
            }
            requireMadeOrNamed(backup);
        }
    }

    private void requireMadeOrNamed(Future<Manifest> backup) throws InterruptedException {
        try {
            scene.told.of(Event.BACKUP, Long.toString(backup.get().id()));
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            refused -> {
                                assertThat(refused.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
                                requireNamed(String.valueOf(refused.getMessage()));
                            });
        }
    }

    private void requireNamed(String reason) {
        scene.told.of(Event.BACKUP_REFUSED, reason);
        assertThat(reason).contains("versions of documents may be gone");
    }

    /**
     * Starts it, and waits until it has caught up.
     *
     * @return how long it took
     */
    private Duration startedParser() {
        long begun = System.nanoTime();
        parser = raced.startParser();
        raced.awaitDocuments();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void stopParser() {
        ParserNode running = parser;
        if (running != null) {
            running.close();
            parser = null;
        }
    }

    private void stopForTheHistory() {
        scene.told.of(Event.PARSER_STOPPED);
        stopParser();
        pushTwice();
        Instant old = Instant.now().plus(history);
        Eventually.until(LIMIT, "the history over", () -> Instant.now().isAfter(old));
    }

    /**
     * Of what is written last nothing is compacted away, but what the first one took the place of.
     */
    private void pushTwice() {
        String repository = scene.pushes.any();
        push(repository);
        push(repository);
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
        try {
            return new FullBackup(
                            raced.source(), new Archive(held), InstantSource.system(), () -> true)
                    .run();
        } finally {
            // Where it fails before its first write.
            reached.countDown();
        }
    }

    /** Versions of documents that are not there any more, once all were made. */
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
        alter(
                cluster,
                new ConfigResource(ConfigResource.Type.BROKER, ""),
                Map.of("log.cleaner.backoff.ms", "100"));
    }

    private void alter(Map<String, String> ofDocuments) throws Exception {
        alter(
                scene.cluster,
                new ConfigResource(ConfigResource.Type.TOPIC, raced.topics().documents().name()),
                ofDocuments);
    }

    private static void alter(
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
