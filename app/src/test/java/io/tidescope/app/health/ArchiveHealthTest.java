package io.tidescope.app.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

final class ArchiveHealthTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Path temporary;

    private final ObjectStore store;
    private final Archive archive;
    private Instant now = START;

    ArchiveHealthTest(@TempDir Path temporary) {
        this.temporary = temporary;
        store = ObjectStores.directory(temporary, InstantSource.system());
        archive = new Archive(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isWellUntilTheFirstBackupShouldBeThere() {
        ArchiveHealth health = health();
        assertThat(health.problems()).isEmpty();
        assertThat(health.newest()).isEmpty();

        now = START.plus(Duration.ofHours(3)).plusSeconds(1);
        assertThat(health.problems()).containsExactly("there is no backup yet");
    }

    @Test
    void isWellAsLongAsTheNewestBackupIsNewEnough() {
        ArchiveHealth health = health();
        archive.create(full(1, START));
        archive.create(full(2, START.plus(Duration.ofHours(2))));

        now = START.plus(Duration.ofHours(5));
        assertThat(health.problems()).isEmpty();
        assertThat(health.newest()).map(Manifest::id).contains(2L);

        now = now.plusSeconds(1);
        assertThat(health.problems())
                .singleElement()
                .asString()
                .contains("the newest backup, 2,")
                .contains("2026-11-27T14:00:00Z")
                .contains("3 intervals");
    }

    @Test
    void aBackupThatCannotBeReadIsToldByItsName() throws IOException {
        ArchiveHealth health = health();
        Path backups = Files.createDirectories(temporary.resolve("backups"));
        Files.writeString(backups.resolve("0000000001"), "nothing");

        assertThatThrownBy(health::problems)
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("backups/0000000001");
    }

    private ArchiveHealth health() {
        return new ArchiveHealth(archive, INTERVAL, () -> now);
    }

    private static Manifest full(long id, Instant begun) {
        return new Manifest(
                id,
                Manifest.Kind.FULL,
                null,
                begun.toEpochMilli(),
                begun.toEpochMilli(),
                "1",
                "cluster",
                "",
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of());
    }
}
