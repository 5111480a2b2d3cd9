package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.MirrorProcess;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.TestRegion;

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

/**
 * Two regions as docs/recovery.md sets them up, with the real MirrorMaker: the index of the one
 * that mirrors, a switch that loses nothing, and the way back.
 */
@Timeout(400)
final class RegionMirrorIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final String SHOP = "shop";

    @TempDir private Path temporary;
    private GitRepository shop;
    private TestRegion east;
    private TestRegion west;

    @BeforeEach
    void start() throws IOException {
        Path witness = Files.createDirectory(temporary.resolve("witness"));
        east = new TestRegion("east", temporary.resolve("east"), witness, "acme.", 2, LEASE);
        west = new TestRegion("west", temporary.resolve("west"), witness, "acme.", 2, LEASE);
        shop = GitRepository.create(temporary.resolve(SHOP));
        shop.write("Basket.java", "class Basket {}\n").commit("first");
    }

    @AfterEach
    void end() {
        east.close();
        west.close();
    }

    @Test
    void aRegionIsMirroredSwitchedToAndBackFrom() throws Exception {
        assertThat(east.run(west, "failover")).startsWith("0\n");
        RoleProcess eastern = east.startIngest(shop);
        west.startIngest(shop);
        IndexClient inWest = index(west);
        try (MirrorProcess mirror = west.startMirror(east)) {
            inWest.awaitIndexed(SHOP, shop.head(), LIMIT);
            mirror.kill();
            shop.write("Till.java", "class Till {}\n").commit("second");
            inWest.awaitIndexed(SHOP, shop.head(), LIMIT);
            assertThat(west.run(east, "failover"))
                    .as(mirror.printed())
                    .startsWith("0\n")
                    .contains("everything that it published is here");
            shop.delete("Basket.java").commit("third");
            inWest.awaitIndexed(SHOP, shop.head(), LIMIT);
            Eventually.until(
                    LIMIT,
                    "the mirror has ended",
                    () -> mirror.printed().contains("mirroring ended"),
                    mirror::printed);
        }

        eastern.close();
        assertThat(west.run(east, "renew")).startsWith("0\n").contains("west publishes since");
        assertThat(east.run(west, "failback", "--patience", "0s"))
                .startsWith("0\n")
                .contains("region east is empty");
        east.startIngest(shop);
        IndexClient inEast = index(east);
        try (MirrorProcess mirror = east.startMirror(west)) {
            assertThat(east.run(west, "failback"))
                    .as(mirror.printed())
                    .startsWith("0\n")
                    .contains("everything that it published is here");
            shop.write("Shelf.java", "class Shelf {}\n").commit("fourth");
            inEast.awaitIndexed(SHOP, shop.head(), LIMIT);
        }
    }

    private static IndexClient index(TestRegion region) throws IOException {
        RoleProcess gateway = region.startIndex();
        return new IndexClient(
                URI.create("http://" + gateway.json("/status").path("address").asText()));
    }
}
