package io.tidescope.app.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import io.tidescope.recovery.region.RegionEpoch;
import io.tidescope.recovery.region.RegionEpoch.Phase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

final class PointCommandTest {
    private static final RegionEpoch EPOCH =
            new RegionEpoch(7, "east", 7, Phase.ACTIVE, null, Instant.EPOCH, "somebody");

    @TempDir private Path temporary;

    @Test
    void itIsToldWhichRegionPublishes() throws Exception {
        Path said = temporary.resolve("said");
        String command = "printf '%s %s' \"$TIDESCOPE_REGION\" \"$TIDESCOPE_EPOCH\" > " + said;

        assertThat(new PointCommand(command).run(EPOCH)).isEmpty();
        assertThat(contentOf(said.toFile())).isEqualTo("east 7");
    }

    @Test
    void oneThatFailsSaysHow() throws Exception {
        assertThat(new PointCommand("exit 3").run(EPOCH)).isEqualTo("it ended with 3");
    }
}
