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

/** The commands about backups that are there; no cluster is. */
final class BackupCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final SampleArchive archive;

    BackupCommandTest(@TempDir Path temporary) throws IOException {
        archive = new SampleArchive(Files.createDirectory(temporary.resolve("archive")));
    }

    @Test
    void anEmptyArchiveHasNoBackups() {
        assertThat(run("list")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().strip()).startsWith("no backups in ").endsWith("archive");

        assertThat(run("validate", "latest")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("There is no backup in ");
    }

    @Test
    void listsBackupsAndTheTimesThatCanBeRestored() {
        archive.fill();

        assertThat(run("list")).isEqualTo(ExitCode.OK);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.getFirst()).matches("BACKUP +KIND +BUILDS ON +TIME +REFS +RECORDS +SIZE");
        assertThat(lines.get(1)).matches("1 +full +- +2026-11-27T12:00:00Z +2 +2 +\\d+ B");
        assertThat(lines.get(2)).matches("2 +incremental +1 +2026-11-27T13:00:00Z +2 +1 +\\d+ B");
        assertThat(lines.getLast())
                .isEqualTo(
                        "can be restored: every moment from 2026-11-27T12:00:00Z to"
                                + " 2026-11-27T13:00:00Z");
    }

    @Test
    void aDamagedManifestIsListedAsThatAndHidesNoOther() throws IOException {
        archive.fill().damage("backups");

        assertThat(run("list")).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .containsPattern("(?m)^1 +damaged +- +- +- +- +-$")
                .containsPattern("(?m)^2 +incremental +1 ")
                .contains("backups/0000000001")
                .contains("no moment can be restored");
        assertThat(run("show", "1")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("backups/0000000001");
    }

    @Test
    void theListIsJsonForPrograms() throws IOException {
        archive.fill().damage("backups");

        assertThat(run("list", "--json")).isEqualTo(ExitCode.OK);

        JsonNode list = new ObjectMapper().readTree(out.toString());
        assertThat(list.at("/backups/0/damage").asText()).contains("backups/0000000001");
        assertThat(list.at("/backups/0").has("kind")).isFalse();
        assertThat(list.at("/backups/1/number").asLong()).isEqualTo(2);
        assertThat(list.at("/backups/1/buildsOn").asLong()).isEqualTo(1);
        assertThat(list.at("/backups/1").has("damage")).isFalse();
        assertThat(list.at("/restorable")).isEmpty();
    }

    @Test
    void showsWhatABackupHas() {
        archive.fill();

        assertThat(run("show", "latest")).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .startsWith("backup 2, incremental, builds on 1: 1 record, ")
                .contains("2026-11-27T13:00:00Z", "2026-11-27T13:00:05Z", "1.2.3", "cluster-id")
                .contains("prefix 'acme.'")
                .containsPattern("(?m)^file-changes +0 +2 +3 +1 +1 +\\d+ B$")
                .containsPattern("(?m)^acme/shop +refs/heads/main +c{40} +2 +2026-11-27T12:01:00Z$")
                .containsPattern("(?m)^other/tide +refs/heads/main +b{40} +1 ")
                .containsPattern("(?m)^7 +file-changes$");
    }

    @Test
    void aSoundBackupIsReadWithAllThatItBuildsOn() {
        archive.fill();

        assertThat(run("validate", "2")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("backup 2: read 2 segments of 2 backups, 3 records, ")
                .contains("sound");
    }

    @Test
    void everyProblemOfABackupIsToldAndTheExitCodeSaysSo() throws IOException {
        archive.fill();
        archive.damage("full");
        archive.damage("tail");

        assertThat(run("validate", "latest")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(out.toString()).contains("full/run/").contains("tail/").contains("2 problems");

        assertThat(run("validate", "latest", "--json")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(out.toString()).contains("\"problems\":[\"");
    }

    @Test
    void aBackupThatAnotherBuildsOnIsNotDeletedNorTheNewestOne() {
        archive.fill().another();

        assertThat(run("delete", "1")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("Backup 2 builds on backup 1");

        assertThat(run("delete", "2")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("backup 2: deleted");
        assertThat(run("show", "2")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("There is no backup 2");

        assertThat(run("delete", "3")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("Backup 3 is the newest one");
    }

    @Test
    void whatIsNoBackupIsWrongUsage() {
        for (String number : List.of("0", "-1", "newest", "1.5", "99999999999")) {
            assertThat(run("show", number)).as(number).isEqualTo(ExitCode.USAGE);
        }
        assertThat(run("show", "newest")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'newest' is no backup: its number, or latest");
    }

    @Test
    void aBackupIsOfOneKind() {
        assertThat(run("create", "--full", "--incremental")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--full").contains("--incremental");
    }

    @Test
    void aDirectoryThatIsNotThereIsNotMade() throws IOException {
        Path configuration = archive.configuration();
        Files.delete(archive.directory());

        assertThat(execute("backup", "list", "--config", configuration.toString()))
                .isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("archive");
        assertThat(archive.directory()).doesNotExist();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("backup"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", archive.configuration().toString()));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return CommandLineInterface.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
