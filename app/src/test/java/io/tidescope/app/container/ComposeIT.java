package io.tidescope.app.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The whole system as {@code compose.yaml} starts it, with a real repository. */
@Tag(Docker.TESTS)
@Timeout(2400)
final class ComposeIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String SHOP = "shop";

    /** All nodes of TideScope, and Prometheus itself. */
    private static final int TARGETS = 8;

    @TempDir private Path temporary;

    @BeforeAll
    static void haveImages() {
        Docker.assumeImages(Docker.KAFKA, Docker.PROMETHEUS);
        TideScopeImage.build();
    }

    @Test
    void answersFollowsPushesAndAnswersOnWithoutOneOfItsStores() throws Exception {
        GitRepository shop = GitRepository.create(temporary.resolve(SHOP));
        shop.write("src/Basket.java", "class Basket { Till till; }\n").commit("Basket");
        try (ComposeProject project = ComposeProject.of(temporary, shop.directory(), SHOP)) {
            long start = System.nanoTime();
            // It ends once the last one is started, which waits until there are answers.
            FutureTask<String> up = new FutureTask<>(() -> project.run("up", "-d", "--no-build"));
            Thread.ofVirtual().start(up);
            IndexClient client = new IndexClient(project.gateway());
            Eventually.until(
                    LIMIT,
                    "the first complete answer",
                    () -> up.state() == Future.State.FAILED || isFound(client, "Basket"),
                    project::describe);
            Duration first = Duration.ofNanos(System.nanoTime() - start);
            up.get();
            System.out.printf("The first answer came %d seconds after `up`.%n", first.toSeconds());

            shop.write("src/Till.java", "class Till {}\n").commit("Till");
            awaitFound(project, client, "Till");
            Eventually.until(
                    LIMIT,
                    "Prometheus reaches every node",
                    () -> reached(project) == TARGETS,
                    project::describe);

            project.run("kill", "-s", "SIGKILL", "store-1");
            awaitFound(project, client, "Basket");
            awaitFound(project, client, "Till");
            shop.write("src/Receipt.java", "class Receipt {}\n").commit("Receipt");
            awaitFound(project, client, "Receipt");
            assertThat(client.list("/documents", Map.of("repository", SHOP))).hasSize(3);
        }
    }

    private static void awaitFound(ComposeProject project, IndexClient client, String name) {
        Eventually.until(
                LIMIT,
                "a complete answer has " + name,
                () -> isFound(client, name),
                project::describe);
    }

    private static boolean isFound(IndexClient client, String name) {
        try {
            List<JsonNode> found = client.list("/symbols", Map.of("q", name));
            assertThat(found).hasSizeLessThanOrEqualTo(1);
            return !found.isEmpty() && found.getFirst().path("name").asText().equals(name);
        } catch (IndexClient.NotAnswered | UncheckedIOException e) {
            return false;
        }
    }

    /** How many of what Prometheus asks has answered it. */
    private static int reached(ComposeProject project) {
        HttpRequest request =
                HttpRequest.newBuilder(project.prometheus().resolve("/api/v1/targets")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode targets =
                    new ObjectMapper()
                            .readTree(http.send(request, BodyHandlers.ofString()).body())
                            .path("data")
                            .path("activeTargets");
            int up = 0;
            for (JsonNode target : targets) {
                up += target.path("health").asText().equals("up") ? 1 : 0;
            }
            return up;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
