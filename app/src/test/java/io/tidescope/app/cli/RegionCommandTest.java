package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.schemas.RefKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine.ExitCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What commands about regions refuse, without a cluster of either. */
@Timeout(60)
final class RegionCommandTest {
    private static final String EPOCH =
            "{\"number\":%d,\"source\":\"%s\",\"since\":1,\"phase\":\"%s\",\"next\":%s,"
                    + "\"at\":\"2026-11-27T12:00:00Z\",\"by\":\"somebody\"}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path witness;
    private final Path configuration;

    RegionCommandTest(@TempDir Path temporary) throws IOException {
        witness = Files.createDirectory(temporary.resolve("witness"));
        Path peer =
                Files.writeString(
                        temporary.resolve("peer.properties"), "bootstrap.servers = 127.0.0.1:1\n");
        configuration =
                Files.writeString(
                        temporary.resolve("tidescope.yaml"),
                        """
                        kafka: {bootstrap: "127.0.0.1:1"}
                        registry: {url: "http://127.0.0.1:1"}
                        region:
                          name: east
                          witness: %s
                          lease: 1s
                          peer: {name: west, kafka: %s, registry: "http://127.0.0.1:1"}
                        """
                                .formatted(witness, peer));
    }

    @Test
    void theRegionThatPublishesDoesNotTakeOver() {
        witness(1, "east", "ACTIVE", "null");

        assertThat(run("failover")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString())
                .contains("Region east publishes already, since 2026-11-27T12:00:00Z");
    }

    @Test
    void aFailoverThatSomebodyHasBegunIsGoneOnWithWhenThatIsSaid() {
        witness(1, "west", "ACTIVE", "null");
        witness(2, "west", "FENCED", "\"east\"");

        assertThat(run("failover")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("Another failover is under way").contains("--resume");
        assertThat(run("failback")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("Another failover is under way").contains("--resume");
        assertThat(run("failover", "--resume")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("region east did not answer");
    }

    @Test
    void aRegionThatPublishesIsNotEmptied() {
        witness(1, "east", "ACTIVE", "null");

        assertThat(run("failback")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("Region east is emptied only while west publishes");
    }

    @Test
    void onlyTheLogThatIsMirroredIsRenewed() {
        assertThat(run("renew")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("Region east does not publish").contains("none does");
        witness(1, "west", "ACTIVE", "null");
        assertThat(run("renew")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("west publishes since");
        witness(2, "west", "FENCED", "\"east\"");
        assertThat(run("renew")).isEqualTo(ExitCode.SOFTWARE);
        witness(3, "east", "ACTIVE", "null");
        assertThat(run("renew", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"number\":4").contains("\"since\":4");
    }

    /** Kafka's distribution is not among the libraries. */
    @Test
    void aMirrorSaysWhatItLacks() {
        witness(1, "west", "ACTIVE", "null");

        assertThat(run("mirror", "--print")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains(
                        "->east.transforms.ids.type = io.tidescope.recovery.region.ForeignSchemas");
        assertThat(run("mirror")).isEqualTo(ExitCode.SOFTWARE);
        assertThat(err.toString())
                .contains("MirrorMaker is not here")
                .contains("TIDESCOPE_KAFKA_LIBS");
    }

    @Test
    void limitsAreDurations() {
        assertThat(run("failover", "--drain-limit", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--drain-limit").contains("'soon' is no duration");
        assertThat(run("failback", "--patience", "-1s")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatIsForgottenIsARefOfARepository() {
        assertThat(run("failback", "--forget", "acme/shop")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'acme/shop' is no ref of a repository");
        assertThat(new RefOption().convert("my shop refs/heads/old"))
                .isEqualTo(new RefKey("my shop", "refs/heads/old"));
    }

    private void witness(long number, String source, String phase, String next) {
        try (ObjectStore store = ObjectStores.directory(witness, InstantSource.system())) {
            assertThat(
                            store.create(
                                    "region/epochs/%012d".formatted(number),
                                    EPOCH.formatted(number, source, phase, next)
                                            .getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("region"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", configuration.toString()));
        return CommandLineInterface.commandLine("region")
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
