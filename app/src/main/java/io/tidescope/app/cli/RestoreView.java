package io.tidescope.app.cli;

import io.tidescope.app.client.Columns;
import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.Restored;
import io.tidescope.recovery.restore.VerificationReport;
import io.tidescope.recovery.restore.VerificationReport.PartitionReport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows what is restored, and whether it is what it should be. */
final class RestoreView {
    private static final int SHOWN_DIGITS = 16;

    private RestoreView() {}

    /**
     * What is going to be restored.
     *
     * @param backups that it is taken from, the full one first
     * @param time of what the newest of them has
     * @param refs each of them as far as it is restored
     * @param records in the segments that are read
     * @param bytes of those segments
     * @param bootstrap brokers of the cluster that it is written to
     * @param prefix of what is written there
     */
    record Plan(
            List<Long> backups,
            String time,
            List<Mark> refs,
            long records,
            long bytes,
            String bootstrap,
            String prefix) {
        static Plan of(RestorePlan plan, ClusterConfiguration target) {
            List<Manifest> manifests = plan.chain().manifests();
            return new Plan(
                    manifests.stream().map(Manifest::id).toList(),
                    plan.chain().newest().begunAt().toString(),
                    plan.state(),
                    manifests.stream().mapToLong(BackupView::records).sum(),
                    manifests.stream().mapToLong(Manifest::size).sum(),
                    target.kafka().bootstrapServers(),
                    target.kafka().names().prefix());
        }
    }

    /** All of it. */
    record Result(Plan plan, Restored restored, long millis, VerificationReport verification) {}

    static List<String> lines(Plan plan) {
        long repositories = plan.refs().stream().map(Mark::repository).distinct().count();
        return List.of(
                "from       backup %d, of %s%s"
                        .formatted(
                                plan.backups().getLast(),
                                plan.time(),
                                plan.backups().size() == 1
                                        ? ""
                                        : ", and %s that it builds on"
                                                .formatted(
                                                        Quantity.of(
                                                                plan.backups().size() - 1L,
                                                                "backup"))),
                "to         prefix '%s' at %s".formatted(plan.prefix(), plan.bootstrap()),
                "published  %s of %s"
                        .formatted(
                                Quantity.of(plan.refs().size(), "ref"),
                                repositories == 1
                                        ? "1 repository"
                                        : Quantity.count(repositories) + " repositories"),
                "read       %s, %s"
                        .formatted(
                                Quantity.of(plan.records(), "record"),
                                Quantity.bytes(plan.bytes())));
    }

    /** The same with each ref. */
    static List<String> lines(Plan plan, RestorePlan refs) {
        List<String> lines = new ArrayList<>(lines(plan));
        lines.add("");
        lines.addAll(BackupView.refs(refs.state()));
        return lines;
    }

    static List<String> lines(Restored restored, Duration took) {
        return List.of(
                "restored   %s, %s, %s; %s in %s"
                        .formatted(
                                Quantity.of(restored.changes(), "change"),
                                Quantity.of(restored.documents(), "document"),
                                Quantity.of(restored.failures(), "failure"),
                                Quantity.bytes(restored.bytes()),
                                Quantity.seconds(took)));
    }

    /** Digests are shown as far as people compare them; JSON has all of them. */
    static List<String> lines(VerificationReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PARTITION", "CHANGES", "FILES", "DOCUMENTS", "BACKUP", "RESTORED"));
        for (PartitionReport each : report.partitions()) {
            rows.add(
                    List.of(
                            Integer.toString(each.partition()),
                            Quantity.count(each.changes()),
                            Quantity.count(each.files()),
                            Quantity.count(each.documents()),
                            shortened(each.expected()),
                            shortened(each.log())));
        }
        List<String> lines = new ArrayList<>(Columns.of(rows));
        lines.addAll(report.problems());
        if (!report.differences().isEmpty()) {
            lines.add("parsed again, these have another tree, as after another version's parser:");
            report.differences().forEach(each -> lines.add("  " + each));
        }
        String looked =
                "%s read back, %s parsed again"
                        .formatted(
                                Quantity.of(report.refs(), "ref"),
                                Quantity.of(report.samples(), "file"));
        lines.add(
                report.isSound()
                        ? "verified: %s, everything as in the backup".formatted(looked)
                        : "DIFFERENT from the backup: %s; %s"
                                .formatted(
                                        Quantity.of(report.problems().size(), "problem"), looked));
        return lines;
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(SHOWN_DIGITS, digest.length()));
    }
}
