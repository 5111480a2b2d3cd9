package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.query.access.TokenFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

final class TokenCommandTest {
    @TempDir private Path directory;

    @Test
    void whatIsPrintedIsWhatIsAccepted() throws Exception {
        StringWriter out = new StringWriter();
        int exit =
                CommandLineInterface.commandLine("token")
                        .setOut(new PrintWriter(out))
                        .execute(
                                "token",
                                "create",
                                "--name",
                                "ci",
                                "--permission",
                                "read",
                                "--repository",
                                "team/*");

        assertThat(exit).isZero();
        List<String> lines = out.toString().lines().toList();
        String token = lines.getFirst().substring("token: ".length());
        String line = lines.getLast().substring("line:  ".length());
        assertThat(line).doesNotContain(token);
        Path file = Files.writeString(directory.resolve("tokens"), line + "\n");
        Access access =
                Access.of(
                        List.of(
                                new TokenFile(
                                        file, InstantSource.system(), new SimpleMeterRegistry())));
        assertThat(access.authenticate("Bearer " + token)).isInstanceOf(Granted.class);
        assertThat(access.authenticate("bearer " + token)).isInstanceOf(Granted.class);
        assertThat(access.authenticate("Basic " + token)).isNotInstanceOf(Granted.class);
        assertThat(access.authenticate(null)).isNotInstanceOf(Granted.class);
    }

    @Test
    void whatNoFileCouldHoldIsRefused() {
        StringWriter err = new StringWriter();
        int exit =
                CommandLineInterface.commandLine("token")
                        .setErr(new PrintWriter(err))
                        .execute(
                                "token",
                                "create",
                                "--name",
                                "of the build",
                                "--permission",
                                "read",
                                "--repository",
                                "**");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("name must be");
    }
}
