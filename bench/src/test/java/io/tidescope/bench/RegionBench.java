package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.MirrorProcess;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.TestRegion;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long a region takes to take over from one that is lost.
 *
 * <p>Method: two regions of real roles follow a repository of a million lines; one publishes it,
 * {@code tidescope region mirror} runs in the other one, which has the index. The first region's
 * ingest, broker and registry are lost, and git gets a commit that was published nowhere. {@code
 * tidescope region failover} is run in the other one, with its gateway to wait for and the lease
 * that is the default. Measured from the command's start: until it has ended, with the start of its
 * JVM; and until that commit is in the other region's answers.
 */
class RegionBench {
    private static final int PARTITIONS = 8;
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(9);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LEASE = Duration.ofSeconds(5);

    @TempDir Path directory;

    @Test
    void lostRegion() throws Exception {
        Report report = new Report("region");
        TideScopeProcess.train();
        MillionLines code = MillionLines.read();
        GitRepository repository = code.commit(directory.resolve("million"));
        try (TestRegion east = region("east");
                TestRegion west = region("west")) {
            assertThat(east.run(west, "failover")).startsWith("0\n");
            RoleProcess eastern = east.startIngest(repository);
            west.startIngest(repository);
            RoleProcess gateway = west.startIndex();
            IndexClient index =
                    new IndexClient(
                            URI.create(
                                    "http://" + gateway.json("/status").path("address").asText()));
            long begun = System.nanoTime();
            try (MirrorProcess mirror = west.startMirror(east)) {
                index.awaitIndexed("million", repository.head(), IMPORT_LIMIT);
                report.line(
                        "%,d lines mirrored and indexed in the other region %.1f s after mirror and"
                                + " ingest began together",
                        code.lines(), seconds(begun));
                Eventually.until(
                        LIMIT,
                        "nothing is left to be mirrored",
                        () -> west.run(east, "status").contains("has everything"),
                        mirror::printed);
                eastern.close();
                repository.write("Last.java", "class Last {}\n").commit("last");
                east.close();
                long lost = System.nanoTime();
                String said =
                        west.run(
                                east,
                                "failover",
                                "--gateway",
                                "http://127.0.0.1:" + gateway.adminPort());
                double took = seconds(lost);
                assertThat(said).startsWith("0\n");
                index.awaitIndexed("million", repository.head(), LIMIT);
                report.line(
                        "%,d lines, a lease of %d s: failover in %.1f s, what only git had in the"
                                + " answers after %.1f s",
                        code.lines(), LEASE.toSeconds(), took, seconds(lost));
            }
        }
    }

    private TestRegion region(String name) throws Exception {
        Path witness = directory.resolve("witness");
        Files.createDirectories(witness);
        return new TestRegion(name, directory.resolve(name), witness, "acme.", PARTITIONS, LEASE);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
