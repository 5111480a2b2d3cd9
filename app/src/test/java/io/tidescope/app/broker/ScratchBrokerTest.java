package io.tidescope.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRange;
import io.tidescope.recovery.archive.Chain;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.SegmentRef;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class ScratchBrokerTest {
    @Test
    void aBackupThatTheDirectoryHasNoRoomForIsRefusedBeforeAnythingIsMade(@TempDir Path directory) {
        try (ScratchBroker scratch = new ScratchBroker(List.of("no-such-program"), directory)) {
            assertThatThrownBy(() -> scratch.open(plan(1L << 50)))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                    .hasMessageContaining("4,294,967,808 MiB")
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("--scratch-directory");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aBrokerThatDoesNotStartLeavesNothingBehind(@TempDir Path directory) {
        try (ScratchBroker scratch = new ScratchBroker(List.of("no-such-program"), directory)) {
            assertThatThrownBy(() -> scratch.open(plan(1))).isInstanceOf(RuntimeException.class);
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static RestorePlan plan(long bytes) {
        ArchivedPartition log = new ArchivedPartition("file-changes", "topic-id", 0);
        SegmentRef segment = new SegmentRef("tail/one", bytes, "digest", 0, 1, 1);
        Manifest manifest =
                new Manifest(
                        1,
                        Manifest.Kind.FULL,
                        null,
                        0,
                        0,
                        "test",
                        "cluster",
                        "",
                        Map.of(),
                        List.of(new ArchivedRange(log, 0, 1, List.of(segment))),
                        List.of(),
                        Map.of(),
                        Map.of());
        return new RestorePlan(new Chain(List.of(manifest)), List.of());
    }
}
