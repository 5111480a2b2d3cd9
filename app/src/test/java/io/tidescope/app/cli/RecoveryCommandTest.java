package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What of drills can be said without a cluster. */
final class RecoveryCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final SampleArchive archive;

    RecoveryCommandTest(@TempDir Path temporary) throws IOException {
        archive = new SampleArchive(Files.createDirectory(temporary.resolve("archive")));
    }

    @Test
    void thereIsNothingToRestoreWithoutABackup() {
        assertThat(run("drill")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("There is no backup in");
    }

    @Test
    void aLiveIndexThatDoesNotAnswerIsSaid() {
        archive.fill();

        assertThat(run("drill", "--backup", "1")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("no broker answers at 127.0.0.1:1");
    }

    @Test
    void aClusterThatIsGivenNeedsAPrefix() {
        assertThat(run("drill", "--scratch-bootstrap", "kafka:9092")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--scratch-prefix");
    }

    @Test
    void drillsThatThereWereAreListed() {
        assertThat(run("drills")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo("no drills yet\n");
        assertThat(run("drills", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo("[]\n");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("recovery"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", archive.configuration().toString()));
        return CommandLineInterface.commandLine("recovery")
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
