package io.tidescope.recovery.restore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.backup.ArchiverNode;
import io.tidescope.recovery.backup.Schedule;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.testing.Eventually;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** A process that archives until it is killed, or restores. */
final class RecoveryChild {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Schedule OFTEN =
            new Schedule(Duration.ofMillis(300), Duration.ofSeconds(3), Duration.ofDays(30));

    private RecoveryChild() {}

    /** Tells when it is at work. */
    static ChildJvm archiver(Path directory, Cluster cluster, String prefix, Path archive) {
        return start(directory, "archive", cluster, prefix, archive, "");
    }

    /**
     * Restores the repositories of a scenario, others' not. Tells when it is about to begin, and
     * ends by itself when it is done.
     *
     * @param name of the scenario
     * @param moment of the backup; null for all that it has
     */
    static ChildJvm restore(
            Path directory,
            Cluster cluster,
            String name,
            Path archive,
            long backup,
            @Nullable Instant moment) {
        return start(
                directory,
                "restore",
                cluster,
                name + ".",
                archive,
                "%d %s %s".formatted(backup, name, moment == null ? "" : moment));
    }

    private static ChildJvm start(
            Path directory, String what, Cluster cluster, String prefix, Path archive, String of) {
        return ChildJvm.start(
                directory,
                RecoveryChild.class,
                List.of(
                        what,
                        cluster.kafka().bootstrapServers(),
                        cluster.registryUri().toString(),
                        prefix,
                        archive.toString(),
                        of));
    }

    static void main(String[] arguments) throws Exception {
        PrintStream news = ChildJvm.news();
        ChildJvm.endWithParent();
        URI registryUri = URI.create(arguments[2]);
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(registryUri);
                ObjectStore objects =
                        ObjectStores.directory(Path.of(arguments[4]), InstantSource.system())) {
            TestDeployment deployment =
                    new Cluster(KafkaConnection.to(arguments[1]), registry, registryUri)
                            .deployment(arguments[3]);
            Archive archive = new Archive(objects);
            if (arguments[0].equals("restore")) {
                RestorePlan plan = plan(archive, arguments[5].split(" ", 3));
                ChildJvm.tell(news, "at work");
                new Restore(archive, plan, deployment.target(), 2, () -> true).run();
            } else {
                archive(deployment, archive, news);
            }
        }
        System.exit(0);
    }

    private static RestorePlan plan(Archive archive, String[] of) {
        RestorePoint points = new RestorePoint(archive);
        long backup = Long.parseLong(of[0]);
        Predicate<String> own = repository -> Pushes.isOf(of[1], repository);
        return of[2].isEmpty()
                ? points.of(backup, own)
                : points.at(Instant.parse(of[2]), backup, own);
    }

    private static void archive(TestDeployment deployment, Archive archive, PrintStream news)
            throws InterruptedException {
        try (ArchiverNode archiver =
                new ArchiverNode(
                        deployment.source(),
                        archive,
                        OFTEN,
                        InstantSource.system(),
                        new SimpleMeterRegistry())) {
            archiver.start();
            Eventually.until(LIMIT, "at work", archiver::isActive);
            ChildJvm.tell(news, "at work");
            Thread.currentThread().join();
        }
    }
}
