package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code tidescope cluster up} as a user meets it. */
@Timeout(400)
final class ClusterUpIT {
    private static final Duration LIMIT = Duration.ofSeconds(150);

    /** Of brokers, registry, ingest, parser, store and gateway, one each. */
    private static final int PROCESSES = 6;

    @TempDir private Path temporary;
    private final List<ProcessHandle> children = new ArrayList<>();
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
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void leavesNoProcessBehindWhenItIsKilledAndContinuesAtTheNextStart() throws Exception {
        Process killed = start();
        killed.destroyForcibly();
        awaitChildrenGone();

        Process stopped = start();
        assertThat(Files.readString(data.resolve("endpoints")))
                .contains("http=http://127.0.0.1:")
                .contains("pokes=http://127.0.0.1:");
        stopped.destroy();
        Eventually.until(LIMIT, "it stops", () -> !stopped.isAlive(), this::printed);
        assertThat(stopped.exitValue()).as(printed()).isZero();
        awaitChildrenGone();
        assertThat(data.resolve("endpoints")).doesNotExist();
    }

    @Test
    void startsAChildAgainThatWasKilled() throws Exception {
        Process cluster = start();
        ProcessHandle store = child("store-1.yaml");
        store.destroyForcibly();
        Eventually.until(
                LIMIT,
                "another store runs in its place",
                () ->
                        cluster.descendants()
                                .anyMatch(
                                        each ->
                                                each.pid() != store.pid()
                                                        && isNamed(each, "store-1.yaml")),
                this::printed);
        cluster.descendants().forEach(children::add);
        cluster.destroy();
        awaitChildrenGone();
    }

    @Test
    void refusesADirectoryThatWasMadeOtherwise() throws Exception {
        Files.createDirectories(data.resolve("broker"));
        Files.writeString(data.resolve("VERSION"), "1\n");

        assertThat(
                        RoleUnderTest.run(
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
                        RoleUnderTest.run(
                                temporary,
                                "cluster",
                                "up",
                                repository.toString(),
                                "--data",
                                data.toString()))
                .startsWith("1\n")
                .contains("was made with --brokers 3, not 1");
    }

    /** Starts it and waits until all processes run. */
    private Process start() throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.tidescope.app.Main",
                        "cluster",
                        "up",
                        repository.toString(),
                        "--stores",
                        "1",
                        "--data",
                        data.toString(),
                        "--port",
                        "0",
                        "--partitions",
                        "2");
        Files.deleteIfExists(data.resolve("endpoints"));
        Process cluster =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        temporary.resolve("up.out").toFile()))
                        .start();
        children.add(cluster.toHandle());
        Eventually.until(
                LIMIT,
                "all processes run",
                () -> {
                    if (!cluster.isAlive()) {
                        throw new AssertionError("it ended by itself: " + printed());
                    }
                    return Files.exists(data.resolve("endpoints"));
                },
                this::printed);
        List<ProcessHandle> running = cluster.descendants().toList();
        assertThat(running).hasSize(PROCESSES);
        children.addAll(running);
        return cluster;
    }

    private ProcessHandle child(String argument) {
        Stream<ProcessHandle> named = children.stream().filter(each -> isNamed(each, argument));
        return named.findFirst().orElseThrow();
    }

    /** The system cuts long command lines, and that of a role ends with its configuration file. */
    private static boolean isNamed(ProcessHandle process, String argument) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains(argument);
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitChildrenGone() {
        Eventually.until(
                LIMIT,
                "no process is left",
                () -> children.stream().noneMatch(ProcessHandle::isAlive),
                this::printed);
    }

    private String printed() {
        try {
            return Files.readString(temporary.resolve("up.out"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
