package io.tidescope.app.role;

import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.health.ArchiveHealth;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.backup.ArchiverNode;
import io.tidescope.recovery.backup.BackupSource;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Backs the deployment up by the clock, as the one of several that is at work. */
public final class ArchiverRole implements RoleWork {
    private static final InstantSource CLOCK = InstantSource.system();

    private final ArchiverConfiguration configuration;
    private volatile @Nullable Working working;

    /** What tells how it does. */
    private record Working(ArchiverNode archiver, ArchiveHealth archive) {}

    public ArchiverRole(ArchiverConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Surroundings surroundings) {
        Parts parts = surroundings.parts();
        KafkaConnection kafka = configuration.cluster().kafka();
        Patience patience = Patience.of(configuration.cluster().patience(), surroundings);
        ObjectStore store =
                parts.add(
                        "archive",
                        patience.await(() -> ArchiveStore.open(configuration.archive())));
        Archive archive = new Archive(store);
        ArchiveHealth health =
                new ArchiveHealth(archive, configuration.schedule().interval(), CLOCK);
        patience.await(archive::backups);
        patience.await(() -> ClusterCheck.requireTopics(kafka, configuration.cluster().topics()));
        HttpSchemaRegistry registry =
                RegistryClient.open(configuration.registry(), parts, patience);
        Foundation.watch(surroundings, kafka, configuration.cluster().topics());
        Foundation.watch(surroundings, registry);
        surroundings.health().add("archive", health);
        ArchiverNode archiver =
                parts.add(
                        "archiver",
                        new ArchiverNode(
                                new BackupSource(
                                        kafka,
                                        configuration.cluster().topics(),
                                        registry,
                                        Build.version()),
                                archive,
                                configuration.schedule(),
                                CLOCK,
                                surroundings.meters()));
        surroundings.readiness().require(() -> problems(archiver));
        surroundings.health().add("archiver", () -> problems(archiver));
        working = new Working(archiver, health);
        archiver.start();
    }

    private static List<String> problems(ArchiverNode archiver) {
        return archiver.problem().map(List::of).orElse(List.of());
    }

    /** Of the newest backup as of the last look: this asks no store. */
    @Override
    public Map<String, Object> status() {
        Working now = working;
        if (now == null) {
            return Map.of();
        }
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("active", now.archiver().isActive());
        now.archiver()
                .newest()
                .or(now.archive()::newest)
                .ifPresent(newest -> status.put("newest", backup(newest)));
        now.archiver().problem().ifPresent(problem -> status.put("problem", problem));
        return status;
    }

    private static Map<String, Object> backup(Manifest manifest) {
        return Map.of(
                "number", manifest.id(),
                "begun", manifest.begunAt().toString(),
                "ageSeconds", Duration.between(manifest.begunAt(), CLOCK.instant()).toSeconds());
    }
}
