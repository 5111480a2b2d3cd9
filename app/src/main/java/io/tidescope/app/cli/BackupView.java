package io.tidescope.app.cli;

import io.tidescope.app.client.Columns;
import io.tidescope.recovery.archive.ArchivedRange;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.SegmentRef;
import io.tidescope.recovery.archive.Upkeep;
import io.tidescope.recovery.archive.Validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Shows one backup, and what became of it. */
final class BackupView {
    private BackupView() {}

    /** All there is to know without reading its segments. */
    static List<String> lines(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        lines.add(title(manifest));
        lines.add("begun      " + manifest.begunAt());
        lines.add("complete   " + manifest.createdAt());
        lines.add("written by TideScope " + manifest.writtenBy());
        lines.add(
                "of         prefix '%s' in Kafka cluster %s"
                        .formatted(manifest.prefix(), manifest.cluster()));
        lines.add("");
        lines.addAll(ranges(manifest));
        lines.add("");
        lines.addAll(refs(manifest.cut()));
        long pending = manifest.pending().values().stream().mapToLong(List::size).sum();
        if (pending > 0) {
            lines.add(
                    "and %s of publishes that were not complete then"
                            .formatted(Quantity.of(pending, "marker")));
        }
        lines.add("");
        lines.addAll(schemas(manifest));
        return lines;
    }

    /** Such as {@code backup 3, incremental, builds on 2: 12 records, 3.1 KiB}. */
    static String title(Manifest manifest) {
        return "backup %d, %s%s: %s, %s"
                .formatted(
                        manifest.id(),
                        kind(manifest),
                        manifest.parent() == null ? "" : ", builds on " + manifest.parent(),
                        Quantity.of(records(manifest), "record"),
                        Quantity.bytes(manifest.size()));
    }

    private static List<String> ranges(Manifest manifest) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TOPIC", "PARTITION", "FROM", "TO", "SEGMENTS", "RECORDS", "SIZE"));
        for (ArchivedRange range : manifest.ranges()) {
            rows.add(
                    List.of(
                            range.where().topic(),
                            Integer.toString(range.where().partition()),
                            Quantity.count(range.from()),
                            Quantity.count(range.to()),
                            Quantity.count(range.segments().size()),
                            Quantity.count(
                                    range.segments().stream().mapToLong(SegmentRef::records).sum()),
                            Quantity.bytes(
                                    range.segments().stream().mapToLong(SegmentRef::size).sum())));
        }
        return Columns.of(rows);
    }

    /** What is published of each ref, in a backup or in what is restored. */
    static List<String> refs(List<Mark> state) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("REPOSITORY", "REF", "COMMIT", "SEQUENCE", "PUBLISHED"));
        for (Mark mark : state) {
            String commit = mark.commit();
            rows.add(
                    List.of(
                            mark.repository(),
                            mark.ref(),
                            commit == null ? "deleted" : commit,
                            Long.toString(mark.sequence()),
                            mark.publishedAt().toString()));
        }
        return Columns.of(rows);
    }

    private static List<String> schemas(Manifest manifest) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SCHEMA", "TOPIC"));
        new TreeMap<>(manifest.schemas())
                .forEach((id, schema) -> rows.add(List.of(id.toString(), schema.topic())));
        return Columns.of(rows);
    }

    /** What reading all of it found. */
    static List<String> lines(Validation.Outcome outcome) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "backup %d: read %s of %s, %s, %s"
                        .formatted(
                                outcome.id(),
                                Quantity.of(outcome.segments(), "segment"),
                                Quantity.of(outcome.backups(), "backup"),
                                Quantity.of(outcome.records(), "record"),
                                Quantity.bytes(outcome.bytes())));
        lines.addAll(outcome.problems());
        lines.add(
                outcome.isSound()
                        ? "sound: it can be restored"
                        : "DAMAGED: %s"
                                .formatted(Quantity.of(outcome.problems().size(), "problem")));
        return lines;
    }

    /** What went with one that was deleted. */
    static List<String> lines(Upkeep.Removed removed) {
        List<String> lines = new ArrayList<>();
        removed.backups().forEach(id -> lines.add("backup %d: deleted".formatted(id)));
        lines.add(
                "%s deleted that no backup needs"
                        .formatted(Quantity.of(removed.segments(), "segment")));
        return lines;
    }

    /** {@code full} or {@code incremental}. */
    static String kind(Manifest manifest) {
        return manifest.kind().name().toLowerCase(Locale.ROOT);
    }

    /** In the segments that a backup names, not in those of backups that it builds on. */
    static long records(Manifest manifest) {
        return manifest.segments().mapToLong(SegmentRef::records).sum();
    }
}
