package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.RoleDeployment;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import java.util.Set;

/** A second index of a deployment of roles, made and put in place as docs/replay.md says. */
@Timeout(300)
final class ReplayedRolesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String REPOSITORY = "shop";
    private static final String FIRST = "";
    private static final String BLUE = "blue";

    private final TestBroker broker = TestBroker.start();
    @TempDir private Path temporary;
    private RoleDeployment roles;
    private GitRepository shop;

    @BeforeEach
    void deploy() {
        roles = new RoleDeployment(broker, "", temporary);
        shop = GitRepository.create(temporary.resolve(REPOSITORY));
        shop.write("Basket.java", "class Basket {}\n")
                .write("Gone.java", "class Gone {}\n")
                .commit("first");
    }

    @AfterEach
    void end() {
        roles.close();
        broker.close();
    }

    /** The processes that are an index, and one that answers from it. */
    private record Index(RoleProcess parser, RoleProcess store, RoleProcess gateway) {
        IndexClient client() {
            return new IndexClient(
                    URI.create("http://" + gateway.json("/status").path("address").asText()));
        }

        void terminate() {
            for (RoleProcess role : List.of(gateway, parser, store)) {
                assertThat(role.terminate()).as(role.printed()).isZero();
            }
        }
    }

    @Test
    void anotherIndexTakesThePlaceOfTheFirst() throws Exception {
        roles.startRegistry();
        RoleProcess ingest = startIngest(FIRST);
        Index first = startIndex(FIRST);
        first.client().awaitIndexed(REPOSITORY, shop.head(), LIMIT);
        shop.delete("Gone.java").commit("second");
        first.client().awaitIndexed(REPOSITORY, shop.head(), LIMIT);

        assertThat(replay(FIRST, "prepare", "--from", "beginning", "--index", BLUE))
                .startsWith("0\n")
                .contains("partition 0 is parsed from 0 on", "partition 1 is parsed from 0 on")
                .contains("prepared; start parsers and stores with topics.index: blue");
        Index blue = startIndex(BLUE);
        blue.client().awaitIndexed(REPOSITORY, shop.head(), LIMIT);
        assertThat(files(blue)).containsExactly("Basket.java");
        shop.write("Till.java", "class Till {}\n").commit("third");
        for (Index index : List.of(first, blue)) {
            index.client().awaitIndexed(REPOSITORY, shop.head(), LIMIT);
            assertThat(files(index)).containsExactly("Basket.java", "Till.java");
        }

        assertThat(replay(BLUE, "remove", "--index", FIRST))
                .startsWith("1\n")
                .contains("tidescope: ");
        assertThat(files(first)).hasSize(2);
        first.terminate();
        assertThat(ingest.terminate()).isZero();
        startIngest(BLUE);
        assertThat(replay(BLUE, "remove", "--index", FIRST))
                .startsWith("0\n")
                .contains("documents: removed");
        assertThat(topics()).contains("file-changes", "documents-blue").doesNotContain("documents");
        shop.write("Drawer.java", "class Drawer {}\n").commit("fourth");
        blue.client().awaitIndexed(REPOSITORY, shop.head(), LIMIT);
        assertThat(files(blue)).containsExactly("Basket.java", "Drawer.java", "Till.java");
    }

    @Test
    void whatCannotBePreparedOrRemovedIsSaid() throws Exception {
        assertThat(replay(FIRST, "prepare", "--from", "beginning", "--index", BLUE))
                .startsWith("1\n")
                .contains("topic documents is missing");
        assertThat(replay(FIRST, "prepare", "--from", "yesterday", "--index", BLUE))
                .doesNotStartWith("0\n")
                .contains("yesterday")
                .doesNotContain("Exception");
        assertThat(replay(FIRST, "remove", "--index", FIRST))
                .doesNotStartWith("0\n")
                .contains("The index '' is that of the configuration.");
    }

    private static List<String> files(Index index) {
        return index.client().list("/documents", Map.of("repository", REPOSITORY)).stream()
                .map(document -> document.path("path").asText())
                .toList();
    }

    private RoleProcess startIngest(String index) throws IOException {
        RoleProcess ingest =
                roles.start(
                        "ingest",
                        "ingest: {port: 0, repositories: [{directory: %s, name: %s}]}\n"
                                .formatted(shop.directory(), REPOSITORY),
                        environment(index));
        ingest.awaitReady();
        return ingest;
    }

    private Index startIndex(String index) throws IOException {
        Map<String, String> environment = environment(index);
        RoleProcess parser =
                roles.start("parser", "node: {id: parser-%s}\n".formatted(index + 1), environment);
        RoleProcess store =
                roles.start(
                        "store",
                        "node: {id: store-%s}\nstore: {port: 0, directory: %s}\n"
                                .formatted(index + 1, temporary.resolve("state" + index)),
                        environment);
        store.awaitReady();
        RoleProcess gateway =
                roles.start(
                        "gateway",
                        "gateway: {port: 0, stores: [%s]}\n"
                                .formatted(store.json("/status").path("address").asText()),
                        environment);
        parser.awaitReady();
        gateway.awaitReady();
        return new Index(parser, store, gateway);
    }

    private static Map<String, String> environment(String index) {
        return index.isEmpty() ? Map.of() : Map.of("TIDESCOPE_TOPICS_INDEX", index);
    }

    /**
     * Runs it as who operates roles of an index does; its exit code and what it printed.
     *
     * @param index of the configuration
     */
    private String replay(String index, String action, String... arguments) throws Exception {
        Path file =
                Files.writeString(
                        temporary.resolve("replay.yaml"),
                        index.isEmpty()
                                ? roles.common()
                                : roles.common()
                                        .replace("{prefix", "{index: " + index + ", prefix"));
        List<String> command =
                new ArrayList<>(List.of("replay", action, "--config", file.toString()));
        command.addAll(List.of(arguments));
        return RoleProcess.run(temporary, command.toArray(String[]::new));
    }

    private Set<String> topics() throws Exception {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            return admin.listTopics().names().get();
        }
    }
}
