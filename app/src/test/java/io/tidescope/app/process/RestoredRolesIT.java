package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.RoleDeployment;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.TestBroker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A deployment of roles loses its brokers, and comes back in another cluster as docs/recovery.md
 * says.
 */
@Timeout(300)
final class RestoredRolesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String REPOSITORY = "shop";

    @TempDir private Path temporary;
    private final TestBroker broker = TestBroker.start();
    private final TestBroker other = TestBroker.start();
    private final List<RoleDeployment> deployments = new ArrayList<>();

    @AfterEach
    void end() {
        deployments.forEach(RoleDeployment::close);
        broker.close();
        other.close();
    }

    @Test
    void whatAnArchiverKeptAnswersAfterTheBrokersAreLost() throws Exception {
        Path archive = Files.createDirectory(temporary.resolve("archive"));
        GitRepository shop = GitRepository.create(temporary.resolve(REPOSITORY));
        shop.write("Basket.java", "class Basket {}\n")
                .write("Gone.java", "class Gone {}\n")
                .commit("first");
        shop.delete("Gone.java").commit("second");
        RoleDeployment lost = deployment(broker, "lost");
        lost.startRegistry();
        IndexClient before = start(lost, shop);
        before.awaitIndexed(REPOSITORY, shop.head(), LIMIT);
        RoleProcess archiver = lost.start("archiver", settings(archive));
        archiver.awaitReady();
        String config = config(lost, archive, "lost.yaml");
        assertThat(run("backup", "create", "--config", config)).startsWith("0\n");
        assertThat(run("backup", "validate", "latest", "--config", config))
                .startsWith("0\n")
                .contains("sound");
        Path scratch = Files.createDirectory(temporary.resolve("scratch"));
        assertThat(
                        run(
                                "recovery",
                                "drill",
                                "--scratch-directory",
                                scratch.toString(),
                                "--config",
                                config))
                .startsWith("0\n")
                .contains("recovery time", "passed: ");
        assertThat(scratch).isEmptyDirectory();
        assertThat(run("recovery", "drills", "--config", config)).startsWith("0\n").contains("yes");
        String kept = shop.head();
        shop.write("Late.java", "class Late {}\n").commit("third");
        lost.close();
        broker.close();

        RoleDeployment restored = deployment(other, "restored");
        restored.startRegistry();
        String there = config(restored, archive, "restored.yaml");
        assertThat(run("restore", "--backup", "latest", "--dry-run", "--config", there))
                .startsWith("0\n")
                .contains("1 ref of 1 repository");
        assertThat(run("restore", "--backup", "latest", "--config", there))
                .startsWith("0\n")
                .contains("verified");
        assertThat(run("restore", "--backup", "latest", "--config", there))
                .startsWith("1\n")
                .contains("There is something in");

        IndexClient after = index(restored);
        after.awaitIndexed(REPOSITORY, kept, LIMIT);
        assertThat(files(after)).containsExactly("Basket.java");
        ingest(restored, shop);
        after.awaitIndexed(REPOSITORY, shop.head(), LIMIT);
        assertThat(files(after)).containsExactly("Basket.java", "Late.java");
    }

    private RoleDeployment deployment(TestBroker on, String name) throws IOException {
        RoleDeployment deployment =
                new RoleDeployment(on, "acme.", Files.createDirectory(temporary.resolve(name)));
        deployments.add(deployment);
        return deployment;
    }

    private IndexClient start(RoleDeployment deployment, GitRepository repository)
            throws IOException {
        ingest(deployment, repository);
        return index(deployment);
    }

    private static void ingest(RoleDeployment deployment, GitRepository repository)
            throws IOException {
        deployment
                .start(
                        "ingest",
                        "ingest: {port: 0, repositories: [{directory: %s, name: %s}]}\n"
                                .formatted(repository.directory(), REPOSITORY))
                .awaitReady();
    }

    private IndexClient index(RoleDeployment deployment) throws IOException {
        RoleProcess gateway = deployment.startIndex();
        return new IndexClient(
                URI.create("http://" + gateway.json("/status").path("address").asText()));
    }

    private static List<String> files(IndexClient client) {
        return client.list("/documents", Map.of("repository", REPOSITORY)).stream()
                .map(document -> document.path("path").asText())
                .toList();
    }

    private static String settings(Path archive) {
        return "archive: {location: %s}\n".formatted(archive);
    }

    private String config(RoleDeployment deployment, Path archive, String name) throws IOException {
        return Files.writeString(temporary.resolve(name), deployment.common() + settings(archive))
                .toString();
    }

    private String run(String... arguments) throws Exception {
        return RoleProcess.run(temporary, arguments);
    }
}
