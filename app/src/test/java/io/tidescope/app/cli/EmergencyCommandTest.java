package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.emergency.FoundTopic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine.ExitCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an emergency refuses and shows, without a cluster. */
final class EmergencyCommandTest {
    private final StringWriter err = new StringWriter();
    private final SampleArchive archive;

    EmergencyCommandTest(@TempDir Path temporary) throws IOException {
        archive = new SampleArchive(Files.createDirectory(temporary.resolve("archive"))).fill();
    }

    @Test
    void whatIsRestoredAndWhetherItIsDoneIsSaidInOneWay() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--backup").contains("--at");
        assertThat(run("--backup", "1", "--dry-run", "--confirm", "0123456789ab"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--dry-run").contains("--confirm");
    }

    @Test
    void aBackupThatIsNotThereIsToldBeforeTheClusterIsAsked() {
        assertThat(run("--backup", "7")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("There is no backup 7");
        assertThat(run("--backup", "2")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("no broker answers at 127.0.0.1:1");
    }

    @Test
    void whatWouldBeDeletedIsShownWithTheCode() {
        EmergencyView.Plan plan =
                new EmergencyView.Plan(
                        "0123456789ab",
                        new RestoreView.Plan(
                                List.of(12L), "2026-11-27T12:00:00Z", List.of(), 3, 400, "b:9", ""),
                        "cluster",
                        List.of(
                                new FoundTopic("documents", "id-1", 1200L),
                                new FoundTopic("file-changes", "id-2", null)),
                        List.of("parsers: p-1 at /10.0.0.1 in consumer group g"),
                        List.of(
                                new EmergencyView.Begun(
                                        "ba9876543210", 11, "3 clear", "2026-11-27T13:00:00Z")));

        assertThat(String.join("\n", EmergencyView.lines(plan, "--backup 12")))
                .containsPattern("documents +1,200 +id-1")
                .containsPattern("file-changes +unknown +id-2")
                .contains("must end   parsers: p-1 at /10.0.0.1")
                .contains("emergency ba9876543210 of backup 11 is at step 3 clear")
                .endsWith("Nothing was changed. To do this: --backup 12 --confirm 0123456789ab");
    }

    private int run(String... arguments) {
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("recovery", "emergency"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", archive.configuration().toString()));
        return CommandLineInterface.commandLine("recovery")
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
