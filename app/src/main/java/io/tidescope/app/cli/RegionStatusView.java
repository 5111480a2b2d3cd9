package io.tidescope.app.cli;

import io.tidescope.app.client.Columns;
import io.tidescope.recovery.region.MirrorLag;
import io.tidescope.recovery.region.RegionEpoch;
import io.tidescope.recovery.region.RegionStatus;
import io.tidescope.recovery.region.RegionStatus.RefStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Shows how two regions stand. */
final class RegionStatusView {
    private static final String UNKNOWN = "-";

    private RegionStatusView() {}

    /**
     * An epoch.
     *
     * @param says what happens in it, for people
     */
    record Epoch(
            long number,
            String source,
            long since,
            String phase,
            @Nullable String next,
            String at,
            String by,
            String says) {
        static Epoch of(RegionEpoch epoch) {
            return new Epoch(
                    epoch.number(),
                    epoch.source(),
                    epoch.since(),
                    epoch.phase().name(),
                    epoch.next(),
                    epoch.at().toString(),
                    epoch.by(),
                    epoch.describe());
        }
    }

    /**
     * How far the mirror is behind.
     *
     * @param millis since the oldest record was written that is not mirrored; 0 when there is none
     * @param revisions publishes that are not whole there, of all refs
     * @param open whether more may be published behind a publish that has not ended
     */
    record Lag(boolean begun, long records, long millis, long revisions, boolean open) {}

    /** All of it. */
    record Status(
            String region,
            @Nullable Epoch epoch,
            @Nullable Lag lag,
            List<RefStatus> refs,
            List<String> problems) {}

    static Status of(RegionStatus status, Instant now) {
        RegionEpoch epoch = status.epoch();
        MirrorLag lag = status.lag();
        return new Status(
                status.region(),
                epoch == null ? null : Epoch.of(epoch),
                lag == null ? null : lag(lag, status.refs(), now),
                status.refs(),
                status.problems());
    }

    private static Lag lag(MirrorLag lag, List<RefStatus> refs, Instant now) {
        Long oldest = lag.oldest();
        return new Lag(
                lag.begun(),
                lag.records(),
                oldest == null ? 0 : Math.max(0, now.toEpochMilli() - oldest),
                refs.stream()
                        .map(RefStatus::revisions)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum(),
                lag.open());
    }

    static List<String> lines(Status status) {
        List<String> lines = new ArrayList<>();
        Epoch epoch = status.epoch();
        lines.add("region  " + status.region());
        lines.add("now     " + (epoch == null ? "no region publishes yet" : epoch.says()));
        lines.add("mirror  " + mirror(status.lag()));
        status.problems().forEach(problem -> lines.add("PROBLEM " + problem));
        if (!status.refs().isEmpty()) {
            lines.add("");
            lines.addAll(refs(status.refs()));
        }
        return lines;
    }

    private static String mirror(@Nullable Lag lag) {
        if (lag == null) {
            return "not known";
        }
        if (!lag.begun()) {
            return "not begun, %s to come".formatted(Quantity.of(lag.records(), "record"));
        }
        if (lag.records() == 0 && lag.open()) {
            return "has everything that can be read; a publish is under way";
        }
        return lag.records() == 0
                ? "has everything"
                : "%s, %s and %s behind"
                        .formatted(
                                Quantity.of(lag.records(), "record"),
                                Quantity.seconds(Duration.ofMillis(lag.millis())),
                                Quantity.of(lag.revisions(), "revision"));
    }

    private static List<String> refs(List<RefStatus> refs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("REPOSITORY", "REF", "PUBLISHED", "MIRRORED", "BEHIND", "COMMON"));
        for (RefStatus ref : refs) {
            String common = ref.common();
            rows.add(
                    List.of(
                            ref.repository(),
                            ref.ref(),
                            cell(ref.published()),
                            cell(ref.mirrored()),
                            cell(ref.revisions()),
                            common == null ? UNKNOWN : common));
        }
        return Columns.of(rows);
    }

    private static String cell(@Nullable Long number) {
        return number == null ? UNKNOWN : Quantity.count(number);
    }
}
