package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

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

/** What a restore would do, and what it refuses, without a cluster. */
final class RestoreCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final SampleArchive archive;

    RestoreCommandTest(@TempDir Path temporary) throws IOException {
        archive = new SampleArchive(Files.createDirectory(temporary.resolve("archive"))).fill();
    }

    @Test
    void aDryRunSaysWhatWouldBeRestored() {
        assertThat(run("--backup", "latest", "--dry-run")).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .contains("from       backup 2, of 2026-11-27T13:00:00Z, and 1 backup that it")
                .contains("to         prefix 'acme.' at 127.0.0.1:1")
                .contains("published  2 refs of 2 repositories")
                .contains("read       3 records, ")
                .containsPattern("acme/shop +refs/heads/main +c{40} +2 ")
                .containsPattern("other/tide +refs/heads/main +b{40} +1 ");
    }

    @Test
    void aFullBackupNeedsNoOther() {
        assertThat(run("--backup", "1", "--dry-run", "--prefix", "past.")).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .contains("from       backup 1, of 2026-11-27T12:00:00Z\n")
                .contains("to         prefix 'past.' at 127.0.0.1:1")
                .containsPattern("acme/shop +refs/heads/main +a{40} +1 ");
    }

    @Test
    void aMomentIsWhatWasPublishedByThen() {
        assertThat(run("--at", "2026-11-27T12:00:30Z", "--dry-run")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("acme/shop +refs/heads/main +a{40} +1 ");

        assertThat(run("--at", "2026-11-27T13:01:00+01:00", "--dry-run")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("acme/shop +refs/heads/main +c{40} +2 ");
    }

    @Test
    void aMomentThatNoBackupGoesBackToIsRefusedWithThoseThatCanBeRestored() {
        assertThat(run("--at", "2026-11-27T11:00:00Z", "--dry-run")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString())
                .contains("2026-11-27T11:00:00Z cannot be restored")
                .contains("2026-11-27T12:00:00Z to 2026-11-27T13:00:00Z");
    }

    /** As a restore that was begun before the newest backup is gone on with. */
    @Test
    void aMomentOfABackupThatIsNamed() {
        assertThat(run("--backup", "2", "--at", "2026-11-27T12:00:30Z", "--dry-run"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("acme/shop +refs/heads/main +a{40} +1 ");

        assertThat(run("--backup", "1", "--at", "2026-11-27T12:00:30Z"))
                .isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("2026-11-27T12:00:30Z cannot be restored");
    }

    @Test
    void onlyRepositoriesThatAGlobMatches() throws IOException {
        assertThat(run("--backup", "2", "--repository", "acme/*", "--dry-run", "--json"))
                .isEqualTo(ExitCode.OK);

        JsonNode plan = new ObjectMapper().readTree(out.toString());
        assertThat(plan.path("refs")).hasSize(1);
        assertThat(plan.at("/refs/0/repository").asText()).isEqualTo("acme/shop");
        assertThat(plan.path("backups").toString()).isEqualTo("[1,2]");

        assertThat(run("--backup", "2", "--repository", "acme", "--dry-run"))
                .isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("no such repository").contains("acme/shop, other/tide");
    }

    @Test
    void whatIsRestoredIsSaidInOneWay() {
        assertThat(run("--dry-run")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--backup").contains("--at");
        assertThat(run("--at", "yesterday")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--at").contains("yesterday");
        assertThat(run("--backup", "1", "--threads", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--threads must be 1 to 64, not 0");
    }

    @Test
    void aPrefixThatTopicsCannotHaveIsRefused() {
        assertThat(run("--backup", "1", "--prefix", "a/b", "--dry-run"))
                .isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("prefix").contains("\"a/b\"");
    }

    @Test
    void thePlanIsToldBeforeTheClusterIsAsked() {
        assertThat(run("--backup", "1")).isEqualTo(ExitCode.SOFTWARE);

        assertThat(out.toString()).contains("published  2 refs of 2 repositories");
        assertThat(err.toString()).contains("no broker answers at 127.0.0.1:1");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("restore"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", archive.configuration().toString()));
        return CommandLineInterface.commandLine("restore")
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
