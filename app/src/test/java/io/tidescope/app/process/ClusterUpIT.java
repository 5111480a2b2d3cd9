package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.fault.ProcessSignal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code tidescope cluster up} as a user meets it. */
@Timeout(400)
final class ClusterUpIT {
    /** Of brokers, registry, ingest, parser, store and gateway, one each. */
    private static final int PROCESSES = 6;

    @TempDir private Path temporary;
    private final List<ClusterUnderTest> started = new ArrayList<>();
    private Path data;
    private Path repository;

    @BeforeEach
    void makeRepository() {
        GitRepository shop = GitRepository.create(temporary.resolve("shop"));
        shop.write("Basket.java", "class Basket {}\n").commit("Basket");
        repository = shop.directory();
        data = temporary.resolve("data");
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(ClusterUnderTest::close);
    }

    @Test
    void continuesAtOnceAfterItWasKilledAndLeavesNoProcessBehind() throws Exception {
        ClusterUnderTest killed = start();
        URI pokes = killed.endpoint("pokes");
        killed.kill();

        // What is said to the one process is not for the others, which have files of their own.
        ClusterUnderTest stopped =
                start(
                        Map.of(
                                "TIDESCOPE_NODE_ID", "elsewhere",
                                "TIDESCOPE_STORE_PORT", "1",
                                "TIDESCOPE_KAFKA_BOOTSTRAP", "127.0.0.1:1"));
        killed.awaitNoProcessLeft();
        assertThat(stopped.endpoint("http").toString()).startsWith("http://127.0.0.1:");
        assertThat(stopped.endpoint("pokes")).isEqualTo(pokes);
        assertThat(stopped.stop()).as(stopped.printed()).isZero();
        stopped.awaitNoProcessLeft();
        assertThat(data.resolve("endpoints")).doesNotExist();
    }

    @Test
    void startsAChildAgainThatWasKilledAndEndsOneThatHangs() throws Exception {
        ClusterUnderTest cluster = start();
        ProcessHandle store = cluster.child("store-1");
        store.destroyForcibly();
        cluster.awaitAnother("store-1", store);
        assertThat(ProcessSignal.STOP.send(cluster.child("gateway-1").pid())).isTrue();
        assertThat(cluster.stop()).as(cluster.printed()).isZero();
        cluster.awaitNoProcessLeft();
    }

    @Test
    void refusesADirectoryThatWasMadeOtherwise() throws Exception {
        Files.createDirectories(data.resolve("broker"));
        Files.writeString(data.resolve("VERSION"), "1\n");

        assertThat(
                        RoleProcess.run(
                                temporary,
                                "cluster",
                                "up",
                                repository.toString(),
                                "--data",
                                data.toString()))
                .startsWith("1\n")
                .contains("belongs to 'tidescope up'; choose another directory with --data");
        Files.delete(data.resolve("broker"));
        Files.createDirectories(data.resolve("brokers/1"));
        Files.createDirectories(data.resolve("brokers/2"));
        Files.createDirectories(data.resolve("brokers/3"));
        assertThat(
                        RoleProcess.run(
                                temporary,
                                "cluster",
                                "up",
                                repository.toString(),
                                "--data",
                                data.toString()))
                .startsWith("1\n")
                .contains("was made with --brokers 3, not 1");
    }

    private ClusterUnderTest start() throws IOException {
        return start(Map.of());
    }

    private ClusterUnderTest start(Map<String, String> environment) throws IOException {
        ClusterUnderTest cluster =
                ClusterUnderTest.start(
                        data,
                        environment,
                        repository.toString(),
                        "--stores",
                        "1",
                        "--partitions",
                        "2");
        started.add(cluster);
        assertThat(cluster.children()).hasSize(PROCESSES);
        return cluster;
    }
}
