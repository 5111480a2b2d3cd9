package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.app.role.ParsedAgain;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.backup.ArchiverNode;
import io.tidescope.recovery.backup.BackupSource;
import io.tidescope.recovery.backup.FullBackup;
import io.tidescope.recovery.backup.Schedule;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.recovery.restore.Restore;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestorePoint;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.recovery.restore.Verification;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topics;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.ScratchDirectory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What backups and restores take, and what an archiver costs an import.
 *
 * <p>Method: brokers are processes of their own, everything else runs in this one, whose processor
 * time is told apart from the broker's. The archive is a directory.
 *
 * <p>The code is imported once and backed up in full. The backup is restored into a cluster that
 * holds nothing but earlier rounds, under another prefix each round, and read back there; the
 * restore checks every byte of the backup before it writes, which is a part of its time. The first
 * round has its code to compile.
 *
 * <p>For the archiver, the code is imported into new topics with an archiver at work and without
 * one, in turns. The import's time ends when everything can be queried; the processor time, of this
 * process and the broker, when the archiver has made a backup of all of it.
 */
class RecoveryBench {
    private static final int PARTITIONS = 8;
    private static final int THREADS = 4;
    private static final int SAMPLES = 20;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int IMPORTS = Integer.getInteger("bench.imports", 5);
    private static final int WARM_UP_IMPORTS = 1;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double MEGA = 1e6;

    @TempDir Path directory;

    private final Report report = new Report("recovery");
    private final AtomicInteger deployments = new AtomicInteger();

    private MillionLines code;
    private GitRepository repository;
    private double sourceBytes;

    @BeforeEach
    void read() {
        code = MillionLines.read();
        repository = code.commit(directory.resolve("code"));
        sourceBytes = code.files().values().stream().mapToLong(file -> file.length).sum();
    }

    @Test
    void backupsAndRestores() throws Exception {
        Path kept = Files.createDirectory(directory.resolve("archive"));
        try (ObjectStore objects = ObjectStores.directory(kept, InstantSource.system())) {
            Archive archive = new Archive(objects);
            try (BenchCluster lost = cluster("lost")) {
                backUp(lost, archive);
            }
            try (BenchCluster empty = cluster("empty")) {
                for (int round = 0; round < ROUNDS; round++) {
                    restore(empty, archive);
                }
            }
        }
    }

    private BenchCluster cluster(String name) throws Exception {
        return new BenchCluster(Files.createDirectory(directory.resolve(name)));
    }

    private void backUp(BenchCluster cluster, Archive archive) throws Exception {
        String prefix = prefix();
        importInto(cluster, prefix);
        for (int round = 0; round < ROUNDS; round++) {
            AtomicReference<Manifest> made = new AtomicReference<>();
            Cost cost =
                    Cost.of(
                            () ->
                                    made.set(
                                            new FullBackup(
                                                            source(cluster, prefix),
                                                            archive,
                                                            InstantSource.system(),
                                                            () -> true)
                                                    .run()));
            long bytes = made.get().size();
            report.line(
                    "full backup %d: %,d lines, %.1f MB of source are %.1f MB of archive, %.3f of"
                            + " the source, in %.2f s, %.2f s of the processor",
                    round + 1,
                    code.lines(),
                    sourceBytes / MEGA,
                    bytes / MEGA,
                    bytes / sourceBytes,
                    cost.seconds(),
                    cost.processorSeconds());
        }
    }

    private void restore(BenchCluster cluster, Archive archive) throws Exception {
        String prefix = prefix();
        RestoreTarget target =
                new RestoreTarget(cluster.connection(prefix), topics(prefix), cluster.registry());
        RestorePlan plan =
                new RestorePoint(archive).of(archive.backups().getLast(), repository -> true);
        Restore restore = new Restore(archive, plan, target, THREADS, () -> true);
        double broker = brokerSeconds(cluster);
        Cost written = Cost.of(restore::run);
        report.line(
                "restore: %.1f MB of source in %.2f s, %.2f s of the processor and %.2f s of the"
                        + " broker's: %.1f MB a second, %.1f MB for each second of the processor",
                sourceBytes / MEGA,
                written.seconds(),
                written.processorSeconds(),
                brokerSeconds(cluster) - broker,
                sourceBytes / MEGA / written.seconds(),
                sourceBytes / MEGA / written.processorSeconds());
        try (ParsedAgain parser = new ParsedAgain()) {
            Verification verification =
                    new Verification(archive, plan, target, parser, SAMPLES, new Random(1));
            Cost verified = Cost.of(() -> assertThat(verification.run().problems()).isEmpty());
            report.line(
                    "verification: %.2f s, %.2f s of the processor",
                    verified.seconds(), verified.processorSeconds());
        }
        restore.release();
    }

    private static double brokerSeconds(BenchCluster cluster) {
        return cluster.processorTime().toMillis() / 1e3;
    }

    @Test
    void archiverBesideImports() throws Exception {
        try (BenchCluster cluster = cluster("cluster")) {
            report.line(
                    "an archiver beside an import of %,d lines: %s",
                    code.lines(),
                    InTurns.measure(
                            WARM_UP_IMPORTS,
                            IMPORTS,
                            () -> archivedImport(cluster),
                            () -> measuredImport(cluster, prefix())));
        }
    }

    private Cost archivedImport(BenchCluster cluster) throws Exception {
        String prefix = prefix();
        ClusterCheck.ensureTopics(cluster.connection(prefix), topics(prefix));
        HandSetClock clock = new HandSetClock();
        try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-archive");
                ObjectStore objects = ObjectStores.directory(scratch.path(), clock);
                ArchiverNode archiver =
                        new ArchiverNode(
                                source(cluster, prefix),
                                new Archive(objects),
                                Schedule.DEFAULT,
                                clock,
                                new SimpleMeterRegistry())) {
            archiver.start();
            awaitBackup(archiver, 1);
            Cost imported = measuredImport(cluster, prefix);
            clock.forward(Schedule.DEFAULT_INTERVAL);
            Cost backedUp = Cost.of(() -> processorNanos(cluster), () -> awaitBackup(archiver, 2));
            return new Cost(
                    imported.seconds(), imported.processorSeconds() + backedUp.processorSeconds());
        }
    }

    private static void awaitBackup(ArchiverNode archiver, long number) {
        Eventually.until(
                LIMIT,
                "backup " + number,
                () -> archiver.newest().filter(newest -> newest.id() >= number).isPresent());
    }

    private Cost measuredImport(BenchCluster cluster, String prefix) throws Exception {
        return Cost.of(() -> processorNanos(cluster), () -> importInto(cluster, prefix));
    }

    private void importInto(BenchCluster cluster, String prefix) {
        IndexedCode.of(cluster, prefix, PARTITIONS, repository, code.files().size());
    }

    private static long processorNanos(BenchCluster cluster) {
        return RestoredStore.processorNanos() + cluster.processorTime().toNanos();
    }

    private String prefix() {
        return "deployment" + deployments.getAndIncrement() + ".";
    }

    private static Topics topics(String prefix) {
        return new Topics(new Namespace(prefix), PARTITIONS, Replication.BROKERS_DEFAULT);
    }

    private static BackupSource source(BenchCluster cluster, String prefix) {
        return new BackupSource(
                cluster.connection(prefix), topics(prefix), cluster.registry(), "bench");
    }

    /** The time, until it is put forward. */
    private static final class HandSetClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        void forward(Duration time) {
            ahead = time;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }
}
