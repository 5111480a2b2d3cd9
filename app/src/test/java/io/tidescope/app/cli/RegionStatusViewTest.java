package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.recovery.region.MirrorLag;
import io.tidescope.recovery.region.RegionEpoch;
import io.tidescope.recovery.region.RegionEpoch.Phase;
import io.tidescope.recovery.region.RegionStatus;
import io.tidescope.recovery.region.RegionStatus.RefStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

final class RegionStatusViewTest {
    private static final Instant AT = Instant.parse("2026-11-27T12:00:00Z");
    private static final RegionEpoch EAST =
            new RegionEpoch(3, "east", 3, Phase.ACTIVE, null, AT, "somebody");
    private static final RefStatus SHOP =
            new RefStatus("acme/shop", "refs/heads/main", 1_500L, 1_498L, "a".repeat(40), 2L);
    private static final RefStatus BILLING =
            new RefStatus("acme/billing", "refs/heads/main", 1L, 0L, null, 1L);

    @Test
    void howFarTheMirrorIsBehindIsToldInRecordsSecondsAndRevisions() {
        RegionStatusView.Status status =
                of(
                        EAST,
                        new MirrorLag(true, 1_234, true, AT.toEpochMilli(), false),
                        List.of(SHOP, BILLING));

        assertThat(RegionStatusView.lines(status))
                .containsExactly(
                        "region  west",
                        "now     east publishes since 2026-11-27T12:00:00Z (epoch 3)",
                        "mirror  1,234 records, 4.5 s and 3 revisions behind",
                        "",
                        "REPOSITORY    REF              PUBLISHED  MIRRORED  BEHIND  COMMON",
                        "acme/shop     refs/heads/main  1,500      1,498     2       "
                                + "a".repeat(40),
                        "acme/billing  refs/heads/main  1          0         1       -");
    }

    @Test
    void aMirrorThatHasEverythingSaysSo() {
        assertThat(
                        RegionStatusView.lines(
                                of(EAST, new MirrorLag(true, 0, true, null, false), List.of())))
                .contains("mirror  has everything");
        assertThat(
                        RegionStatusView.lines(
                                of(EAST, new MirrorLag(true, 0, true, null, true), List.of())))
                .contains("mirror  has everything that can be read; a publish is under way");
        assertThat(
                        RegionStatusView.lines(
                                of(
                                        EAST,
                                        new MirrorLag(false, 7, true, AT.toEpochMilli(), false),
                                        List.of())))
                .contains("mirror  not begun, 7 records to come");
    }

    @Test
    void whatIsNotKnownIsNotMadeUp() {
        RegionStatus asked =
                new RegionStatus(
                        "west",
                        null,
                        null,
                        List.of(new RefStatus("r", "main", null, 4L, "b".repeat(40), null)),
                        List.of("region east: no broker"));

        assertThat(RegionStatusView.lines(RegionStatusView.of(asked, AT)))
                .contains("now     no region publishes yet")
                .contains("mirror  not known")
                .contains("PROBLEM region east: no broker")
                .contains("r           main  -          4         -       " + "b".repeat(40));
    }

    @Test
    void aProgramReadsAllOfIt() throws Exception {
        String json =
                new ObjectMapper()
                        .writeValueAsString(
                                of(
                                        EAST,
                                        new MirrorLag(true, 3, true, AT.toEpochMilli(), false),
                                        List.of(SHOP)));

        assertThat(new ObjectMapper().readTree(json))
                .hasToString(
                        "{\"region\":\"west\",\"epoch\":{\"number\":3,\"source\":\"east\",\"since\":3,"
                            + "\"phase\":\"ACTIVE\",\"next\":null,\"at\":\"2026-11-27T12:00:00Z\",\"by\":\"somebody\",\"says\":\"east"
                            + " publishes since 2026-11-27T12:00:00Z (epoch 3)\"},"
                            + "\"lag\":{\"begun\":true,\"records\":3,\"millis\":4500,\"revisions\":2,\"open\":false},"
                            + "\"refs\":[{\"repository\":\"acme/shop\",\"ref\":\"refs/heads/main\","
                            + "\"published\":1500,\"mirrored\":1498,\"common\":\""
                                + "a".repeat(40)
                                + "\",\"revisions\":2}],\"problems\":[]}");
    }

    private static RegionStatusView.Status of(
            RegionEpoch epoch, MirrorLag lag, List<RefStatus> refs) {
        return RegionStatusView.of(
                new RegionStatus("west", epoch, lag, refs, List.of()), AT.plusMillis(4_500));
    }
}
