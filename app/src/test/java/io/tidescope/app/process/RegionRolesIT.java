package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.Namespace;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.TestRegion;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Ingest of two regions that follow the same repository, and who of them publishes. */
@Timeout(300)
final class RegionRolesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PREFIX = "acme.";
    private static final int PARTITIONS = 2;
    private static final Duration LEASE = Duration.ofSeconds(1);

    @TempDir private Path temporary;
    private TestRegion east;
    private TestRegion west;

    @BeforeEach
    void start() throws IOException {
        Path witness = Files.createDirectory(temporary.resolve("witness"));
        east =
                new TestRegion(
                        "east", temporary.resolve("east"), witness, PREFIX, PARTITIONS, LEASE);
        west =
                new TestRegion(
                        "west", temporary.resolve("west"), witness, PREFIX, PARTITIONS, LEASE);
    }

    @AfterEach
    void end() {
        east.close();
        west.close();
    }

    @Test
    void oneRegionPublishesAndTheOtherTakesOver() throws Exception {
        GitRepository shop = GitRepository.create(temporary.resolve("shop"));
        shop.write("Basket.java", "class Basket {}\n").commit("first");
        assertThat(east.run(west, "failover", "--json"))
                .startsWith("0\n")
                .contains("\"source\":\"east\"")
                .contains("\"problems\":[]");
        RoleProcess eastern = east.startIngest(shop);
        RoleProcess western = west.startIngest(shop);

        awaitPublished(eastern, 1);
        assertThat(eastern.text("/metrics"))
                .contains("tide_scope_ast_region_active{region=\"east\"} 1.0")
                .contains("tide_scope_ast_region_epoch 1.0");
        assertThat(western.text("/metrics"))
                .contains("tide_scope_ast_region_active{region=\"west\"} 0.0")
                .contains("tide_scope_ast_region_known{region=\"west\"} 1.0")
                .contains("tide_scope_ast_ingest_repositories_with_problems 0.0");
        assertThat(western.json("/status").path("region").asText())
                .startsWith("east publishes since ");
        assertThat(western.status("/health")).isEqualTo(200);
        assertThat(western.status("/health/ready")).isEqualTo(200);
        assertThat(log(west)).isZero();
        assertThat(west.run(east, "status"))
                .startsWith("0\n")
                .contains("now     east publishes since ")
                .contains("mirror  not begun")
                .containsPattern("shop +refs/heads/main +1 +0 +1 +-");

        // Nothing is mirrored here: what is not there is published from git.
        Path pointed = temporary.resolve("pointed");
        String taken =
                west.run(
                        east,
                        "failover",
                        "--drain-limit",
                        "0s",
                        "--point",
                        "echo $TIDESCOPE_REGION > %s; exit 3".formatted(pointed));
        assertThat(taken)
                .startsWith("1\n")
                .contains("west publishes since ")
                .contains("missing   shop refs/heads/main: 1 publishes, up to " + shop.head())
                .contains("PROBLEM   users are not pointed here, for it ended with 3")
                .contains("The failover stands");
        assertThat(Files.readString(pointed)).isEqualTo("west\n");
        awaitPublished(western, 1);
        assertThat(west.run(east, "failover"))
                .startsWith("1\n")
                .contains("Region west publishes already");

        long before = log(east);
        shop.write("Till.java", "class Till {}\n").commit("second");
        awaitPublished(western, 2);
        assertThat(eastern.json("/status").path("region").asText())
                .startsWith("west publishes since ");
        assertThat(eastern.text("/metrics"))
                .contains("tide_scope_ast_region_active{region=\"east\"} 0.0");
        assertThat(log(east)).isEqualTo(before);
        assertThat(east.run(west, "failback", "--patience", "0s"))
                .startsWith("0\n")
                .contains("region east is empty")
                .contains("Start the roles of region east and its mirror");
        assertThat(log(east)).isZero();
    }

    private static void awaitPublished(RoleProcess ingest, int publishes) {
        Eventually.until(
                LIMIT,
                "%d publishes".formatted(publishes),
                () ->
                        ingest.text("/metrics")
                                .contains(
                                        "tide_scope_ast_ingest_publishes_total %d.0"
                                                .formatted(publishes)),
                ingest::printed);
    }

    /** Ends of all partitions together. */
    private static long log(TestRegion region) throws Exception {
        try (Admin admin = Admin.create(region.broker().connection().clientProperties())) {
            String topic = new Namespace(PREFIX).fileChanges();
            Map<TopicPartition, OffsetSpec> asked =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(each -> new TopicPartition(topic, each))
                            .collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest()));
            return admin.listOffsets(asked).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }
}
