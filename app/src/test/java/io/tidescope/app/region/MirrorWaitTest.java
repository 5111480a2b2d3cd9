package io.tidescope.app.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.recovery.region.MirrorLag;
import io.tidescope.recovery.region.RegionCluster;
import io.tidescope.recovery.region.RegionWitness;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

@Timeout(60)
final class MirrorWaitTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final MirrorLag NOT_BEGUN = new MirrorLag(false, 0, true, null, false);
    private static final MirrorLag OPEN = new MirrorLag(true, 0, true, null, true);
    private static final MirrorLag ALL = new MirrorLag(true, 0, true, null, false);

    private final List<String> said = new ArrayList<>();
    private final MirrorWait wait = new MirrorWait(said::add, Duration.ofMillis(1));

    @Test
    void itEndsWhenTheMirrorHasEverything() throws Exception {
        assertThat(wait.await(answers(NOT_BEGUN, behind(3), OPEN, ALL), LONG)).isEqualTo(ALL);
        assertThat(said)
                .containsExactly(NOT_BEGUN.describe(), behind(3).describe(), OPEN.describe());
    }

    @Test
    void howFarTheMirrorIsIsToldWhenItChanges() throws Exception {
        assertThat(wait.await(answers(behind(3), behind(3), behind(2), behind(3), ALL), LONG))
                .isEqualTo(ALL);
        assertThat(said)
                .containsExactly(behind(3).describe(), behind(2).describe(), behind(3).describe());
    }

    @Test
    void whatIsTooMuchToCountIsToldOnce() throws Exception {
        MirrorLag many = new MirrorLag(true, 900, false, 1L, false);
        MirrorLag more = new MirrorLag(true, 1000, false, 1L, false);

        assertThat(wait.await(answers(many, more, many, behind(3), ALL), LONG)).isEqualTo(ALL);
        assertThat(said).containsExactly(many.describe(), behind(3).describe());
    }

    @Test
    void itEndsAfterTheLimitAndTellsHowFarTheMirrorWas() throws Exception {
        assertThat(wait.await(() -> behind(3), Duration.ofMillis(20))).isEqualTo(behind(3));
    }

    @Test
    void whatDoesNotAnswerIsNotWaitedFor() {
        TideScopeException silent = new TideScopeException(ErrorCode.UNAVAILABLE, "no answer");
        assertThatThrownBy(
                        () ->
                                wait.await(
                                        () -> {
                                            throw silent;
                                        },
                                        LONG))
                .isSameAs(silent);
    }

    @Test
    void whereNoRegionPublishesThereIsNothingToWaitFor(@TempDir Path witness) {
        RegionCluster nowhere =
                new RegionCluster(
                        "east",
                        KafkaConnection.to("127.0.0.1:1"),
                        new Topics(1),
                        URI.create("http://127.0.0.1:1"));
        try (ObjectStore store = ObjectStores.directory(witness, InstantSource.system())) {
            assertThatThrownBy(() -> wait.await(new RegionWitness(store), nowhere, nowhere, LONG))
                    .hasMessage("No region publishes yet.");
        }
    }

    private static MirrorLag behind(long records) {
        return new MirrorLag(true, records, true, 1L, false);
    }

    /** One after the other; asked once more it fails. */
    private static Supplier<MirrorLag> answers(MirrorLag... lags) {
        Queue<MirrorLag> left = new ArrayDeque<>(List.of(lags));
        return left::remove;
    }
}
