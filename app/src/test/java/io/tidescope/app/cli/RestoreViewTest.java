package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.restore.VerificationReport;
import io.tidescope.recovery.restore.VerificationReport.PartitionReport;

import org.junit.jupiter.api.Test;

import java.util.List;

final class RestoreViewTest {
    @Test
    void whatIsAsInTheBackupIsVerified() {
        List<String> lines = RestoreView.lines(report(List.of(), List.of()));

        assertThat(lines.getFirst())
                .matches("PARTITION +CHANGES +FILES +DOCUMENTS +BACKUP +RESTORED");
        assertThat(lines.get(1)).matches("0 +1,000 +20 +19 +(0123456789abcdef) +\\1");
        assertThat(lines.getLast())
                .isEqualTo(
                        "verified: 3 refs read back, 1 file parsed again, everything as in the"
                                + " backup");
    }

    @Test
    void everyDifferenceIsTold() {
        List<String> lines =
                RestoreView.lines(report(List.of("one is missing", "one is new"), List.of()));

        assertThat(lines).contains("one is missing", "one is new");
        assertThat(lines.getLast()).startsWith("DIFFERENT from the backup: 2 problems");
    }

    @Test
    void anotherTreeIsToldAndIsNoDamage() {
        List<String> lines = RestoreView.lines(report(List.of(), List.of("A.java of a/b, main")));

        assertThat(lines).contains("  A.java of a/b, main");
        assertThat(lines.getLast()).startsWith("verified: ");
    }

    private static VerificationReport report(List<String> problems, List<String> differences) {
        String digest = "0123456789abcdef".repeat(4);
        return new VerificationReport(
                List.of(new PartitionReport(0, 1000, 20, 19, digest, digest, digest, digest)),
                3,
                1,
                problems,
                differences);
    }
}
