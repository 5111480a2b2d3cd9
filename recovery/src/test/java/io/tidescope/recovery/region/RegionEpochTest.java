package io.tidescope.recovery.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.Namespace;

import org.junit.jupiter.api.Test;

import java.time.Instant;

final class RegionEpochTest {
    private static final Instant AT = Instant.EPOCH;

    @Test
    void publishesOfAnEpochComeBehindAllThoseOfTheOnesBefore() {
        RegionEpoch first = RegionEpoch.first("east", 1, AT, "somebody");
        RegionEpoch second =
                first.fenced("west", AT, "somebody")
                        .closed("west", AT, "somebody")
                        .activated("west", AT, "somebody");

        assertThat(first.firstPublish()).isZero();
        assertThat(second.number()).isEqualTo(4);
        assertThat(second.since()).isEqualTo(4);
        assertThat(second.firstPublish()).isEqualTo(3_000_000_000L);
        assertThat(RegionEpoch.sinceOf(1)).isEqualTo(1);
        assertThat(RegionEpoch.sinceOf(second.firstPublish() - 1)).isEqualTo(3);
        assertThat(RegionEpoch.sinceOf(second.firstPublish())).isEqualTo(4);
    }

    /** Its own numbers are far below. */
    @Test
    void aWitnessThatHasLostItsEpochsDoesNotGiveTheirPublishesAgain() {
        RegionEpoch first = RegionEpoch.first("east", 8, AT, "somebody");
        RegionEpoch second = first.closed("west", AT, "somebody").activated("west", AT, "somebody");

        assertThat(first.number()).isEqualTo(1);
        assertThat(second.number()).isEqualTo(3);
        assertThat(second.since()).isEqualTo(9);
        assertThat(second.renewed(AT, "somebody").since()).isEqualTo(10);
    }

    @Test
    void aMirrorsTopicTellsOfWhichEpochItIs() {
        Namespace names = new Namespace("acme.");
        String topic = "acme.tidescope-mirror-offsets.west-12.internal";

        assertThat(MirrorProperties.sinceOf(topic, names)).isEqualTo(12);
        assertThat(MirrorProperties.sinceOf(topic, new Namespace("other."))).isZero();
        assertThat(MirrorProperties.sinceOf(topic, new Namespace("cme."))).isZero();
        assertThat(MirrorProperties.sinceOf(topic.replace("offsets", "configs"), names)).isZero();
        assertThat(MirrorProperties.sinceOf("acme.file-changes", names)).isZero();
    }
}
