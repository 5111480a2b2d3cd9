package io.tidescope.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.check.Finding.Outcome;
import io.tidescope.app.config.Configuration;
import io.tidescope.app.config.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is found where no cluster is; {@code RolesIT} has one. */
@Timeout(60)
final class PreflightTest {
    @TempDir private Path directory;

    @Test
    void nothingElseIsLookedAtWhenTheConfigurationIsWrong() throws Exception {
        List<Finding> findings =
                findings(Role.STORE, "kafka: {bootstrap: 'x:1'}\nstore: {hots: 1}");

        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().subject()).isEqualTo("configuration");
        assertThat(findings.getFirst().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(findings.getFirst().detail()).contains("store.hots");
    }

    @Test
    void tellsAllThatIsMissing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Finding> findings =
                    findings(
                            Role.STORE,
                            """
                            kafka: {bootstrap: '127.0.0.1:1'}
                            registry: {url: 'http://127.0.0.1:1'}
                            node: {id: store-1}
                            admin: {port: %d}
                            store: {directory: '%s', port: 0}
                            """
                                    .formatted(
                                            taken.getLocalPort(), directory.resolve("new/store")));

            assertThat(outcome(findings, "configuration")).isEqualTo(Outcome.OK);
            assertThat(outcome(findings, "kafka")).isEqualTo(Outcome.FAILED);
            assertThat(findings).extracting(Finding::subject).doesNotContain("topics");
            assertThat(outcome(findings, "schema registry")).isEqualTo(Outcome.FAILED);
            assertThat(outcome(findings, "port of admin")).isEqualTo(Outcome.FAILED);
            assertThat(outcome(findings, "port of store")).isEqualTo(Outcome.OK);
            assertThat(outcome(findings, "connections between nodes")).isEqualTo(Outcome.WARNING);
            assertThat(outcome(findings, "directory")).isEqualTo(Outcome.OK);
        }
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void aDirectoryForBackupsMustBeThereAlready() throws Exception {
        Path archive = directory.resolve("archive");
        String settings =
                """
                kafka: {bootstrap: '127.0.0.1:1'}
                registry: {url: 'http://127.0.0.1:1'}
                admin: {port: 0}
                archive: {location: '%s'}
                """
                        .formatted(archive);

        List<Finding> missing = findings(Role.ARCHIVER, settings);
        assertThat(outcome(missing, "configuration")).isEqualTo(Outcome.OK);
        assertThat(outcome(missing, "archive")).isEqualTo(Outcome.FAILED);
        assertThat(archive).doesNotExist();
    }

    private static Outcome outcome(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(subject + " in " + findings))
                .outcome();
    }

    private List<Finding> findings(Role role, String settings) throws Exception {
        Path file = Files.writeString(directory.resolve("node.yaml"), settings);
        return Preflight.of(role, new Configuration(file, Map.of()), _ -> {});
    }
}
