package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.container.Docker;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.RoleProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All roles on the broker that Apache publishes as an image, from a commit to the answer. */
@Tag(Docker.TESTS)
@Timeout(900)
final class KafkaImageIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir private Path temporary;
    private final List<RoleProcess> started = new ArrayList<>();
    private String common = "";

    @BeforeAll
    static void haveImage() {
        Docker.assumeImages(Docker.KAFKA);
    }

    @AfterEach
    void end() {
        started.forEach(RoleProcess::close);
    }

    @Test
    void whatIsCommittedIsPublishedParsedStoredAndAnswered() throws Exception {
        GitRepository shop = GitRepository.create(temporary.resolve("shop"));
        shop.write("src/Basket.java", "class Basket { Till till; }\n").commit("Basket");
        try (KafkaContainer kafka = new KafkaContainer(Docker.KAFKA)) {
            kafka.start();
            common =
                    "kafka: {bootstrap: \"%s\"}\ntopics: {partitions: 2}\n"
                            .formatted(kafka.getBootstrapServers());
            IndexClient client = startRoles(shop);

            client.awaitIndexed("shop", shop.head(), LIMIT);
            assertThat(client.list("/symbols", Map.of("q", "Basket"))).hasSize(1);

            shop.write("src/Till.java", "class Till {}\n").commit("Till");
            client.awaitIndexed("shop", shop.head(), LIMIT);
            assertThat(client.list("/symbols", Map.of("q", "Till"))).hasSize(1);
            assertThat(client.list("/occurrences", Map.of("name", "Till"))).isNotEmpty();
        }
    }

    private IndexClient startRoles(GitRepository shop) throws Exception {
        String registry = address(start("registry", "registry: {port: 0}\n"));
        common += "registry: {url: \"%s\"}\n".formatted(registry);
        start(
                "ingest",
                "ingest: {port: 0, repositories: [{directory: %s, name: shop}]}\n"
                        .formatted(shop.directory()));
        start("parser", "node: {id: parser-1}\n");
        RoleProcess store =
                start(
                        "store",
                        "node: {id: store-1}\nstore: {port: 0, directory: %s}\n"
                                .formatted(temporary.resolve("state")));
        RoleProcess gateway =
                start(
                        "gateway",
                        "gateway: {port: 0, stores: [\"%s\"]}\n".formatted(address(store)));
        return new IndexClient(URI.create("http://" + address(gateway)));
    }

    private RoleProcess start(String role, String settings) throws Exception {
        RoleProcess started = RoleProcess.start(temporary, role, role, common + settings);
        this.started.add(started);
        started.awaitReady();
        return started;
    }

    private static String address(RoleProcess role) {
        return role.json("/status").path("address").asText();
    }
}
