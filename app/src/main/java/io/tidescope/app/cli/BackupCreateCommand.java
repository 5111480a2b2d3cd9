package io.tidescope.app.cli;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.role.Build;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.backup.BackupSource;
import io.tidescope.recovery.backup.FullBackup;
import io.tidescope.recovery.backup.Tail;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Makes a backup now. */
@Command(
        name = "create",
        description = {
            "Makes a backup now, also where archivers make them by the clock.",
            "One that goes on from the newest, if that can be done; else, it says why, a full one."
        })
final class BackupCreateCommand implements Callable<Integer> {
    /** There is none to go on from, it is too old for that, or it is damaged. */
    private static final Set<ErrorCode> NEED_FULL =
            Set.of(ErrorCode.NOT_FOUND, ErrorCode.PRECONDITION_FAILED, ErrorCode.CORRUPT);

    private static final InstantSource CLOCK = InstantSource.system();

    @Mixin private ArchiveOptions options = new ArchiveOptions();

    @ArgGroup private @Nullable Kind asked;

    /** What is asked for, if anything. */
    private static final class Kind {
        @Option(names = "--full", description = "One that stands on its own.")
        private boolean full;

        @Option(
                names = "--incremental",
                description = "One that goes on from the newest; fails where that cannot be done.")
        private boolean incremental;
    }

    private boolean wants(Predicate<Kind> kind) {
        Kind given = asked;
        return given != null && kind.test(given);
    }

    /** What was made. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Made(
            long number,
            String kind,
            @Nullable Long buildsOn,
            long records,
            long bytes,
            long millis) {}

    @Override
    public Integer call() throws Exception {
        return options.open(
                (archive, configuration) -> {
                    long begun = System.nanoTime();
                    Manifest made =
                            StopRequest.during(
                                    allowed -> make(archive, configuration, allowed),
                                    "Stopped; no backup was made.");
                    show(made, Duration.ofNanos(System.nanoTime() - begun));
                    return CommandLine.ExitCode.OK;
                });
    }

    private Manifest make(
            Archive archive, ArchiverConfiguration configuration, BooleanSupplier allowed) {
        ClusterConfiguration cluster = configuration.cluster();
        ClusterCheck.requireTopics(cluster.kafka(), cluster.topics());
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(configuration.registry())) {
            registry.check();
            BackupSource source =
                    new BackupSource(cluster.kafka(), cluster.topics(), registry, Build.version());
            Manifest incremental = wants(kind -> kind.full) ? null : goOn(source, archive, allowed);
            return incremental == null
                    ? new FullBackup(source, archive, CLOCK, allowed).run()
                    : incremental;
        }
    }

    /** One that goes on from the newest; null, and the reason said, when a full one is needed. */
    private @Nullable Manifest goOn(BackupSource source, Archive archive, BooleanSupplier allowed) {
        try (Tail tail = new Tail(source, archive, CLOCK, allowed)) {
            return tail.backUp();
        } catch (TideScopeException e) {
            if (wants(kind -> kind.incremental) || !NEED_FULL.contains(e.code())) {
                throw e;
            }
            options.warn("%s Making a full one ...".formatted(e.getMessage()));
            return null;
        }
    }

    private void show(Manifest made, Duration took) throws Exception {
        options.show(
                new Made(
                        made.id(),
                        BackupView.kind(made),
                        made.parent(),
                        BackupView.records(made),
                        made.size(),
                        took.toMillis()),
                List.of("%s, in %s".formatted(BackupView.title(made), Quantity.seconds(took))));
    }
}
