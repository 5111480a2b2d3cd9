package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.toMap;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.IndexEqualsOracle;
import io.tidescope.testing.Oracle;
import io.tidescope.testing.RoleDeployment;
import io.tidescope.testing.RoleProcess;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A deployment of roles that has lost a topic is taken back to its backup, by a command that is
 * killed at one step after the other and begun again.
 *
 * <p>The steps come from a seed; {@code -Dseed=} draws others.
 */
@Timeout(300)
final class EmergencyRolesIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String REPOSITORY = "shop";
    private static final String PREFIX = "acme.";
    private static final int LATEST_KILL_NANOS = 500_000_000;

    /** Exit code of who was killed by {@code kill -9}. */
    private static final int KILLED = 137;

    /** What it says when it is killed: while all is there, while nothing is, when all is again. */
    private static final String[][] MOMENTS = {
        {"1 validate begins", "1 validate done", "2 stop begins", "2 stop done", "3 clear begins"},
        {"3 clear done", "4 restore begins"},
        {"4 restore done", "5 validate begins", "6 restart begins"}
    };

    private final Random random = new Random(Long.getLong("seed", 7));
    private final TestBroker broker = TestBroker.start();
    private final List<RoleProcess> running = new ArrayList<>();
    @TempDir private Path temporary;
    private RoleDeployment roles;
    private GitRepository shop;
    private String archive;
    private String config;

    @AfterEach
    void end() {
        roles.close();
        broker.close();
    }

    @Test
    void anEmergencyThatIsKilledStepAfterStepEndsWithTheIndexOfTheBackup() throws Exception {
        roles = new RoleDeployment(broker, PREFIX, temporary);
        Path backups = Files.createDirectory(temporary.resolve("archive"));
        archive = "archive: {location: %s}\n".formatted(backups);
        shop = GitRepository.create(temporary.resolve(REPOSITORY));
        roles.startRegistry();
        startIngest();
        String kept = history();
        IndexClient before = startIndex();
        assertIndexed(before, kept);
        config = temporary.resolve("command.yaml").toString();
        Files.writeString(Path.of(config), roles.common() + archive);
        assertThat(run("backup", "create", "--full", "--config", config)).startsWith("0\n");
        shop.delete("Basket.java").write("Late.java", "class Late {}\n").commit("third");
        assertIndexed(before, shop.head());
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            admin.deleteTopics(List.of(PREFIX + "documents")).all().get();
        }

        Map<String, String> topics = topics();
        String code = look();
        refuse(code);
        assertThat(topics()).isEqualTo(topics);
        recover(code);
        assertThat(asked("start")).exists();
        assertThat(topics()).isNotEqualTo(topics);

        IndexClient after = startIndex();
        assertIndexed(after, kept);
        startIngest();
        assertIndexed(after, shop.head());
        assertThat(run("backup", "create", "--config", config)).startsWith("0\n");
    }

    private String history() {
        for (int i = 0; i < 20; i++) {
            shop.write("Shelf" + i + ".java", "class Shelf%d extends Basket {}\n".formatted(i));
        }
        shop.write("Basket.java", "class Basket { int size() { return 3; } }\n").commit("first");
        return shop.delete("Shelf3.java").commit("second");
    }

    /** Asks what would be done; the code. */
    private String look() throws IOException {
        String plan = run(command());
        assertThat(plan)
                .startsWith("0\n")
                .contains(PREFIX + "file-changes", "must end   parsers: ", "Nothing was changed");
        Matcher code = Pattern.compile("--confirm ([0-9a-f]{12})").matcher(plan);
        assertThat(code.find()).as(plan).isTrue();
        return code.group(1);
    }

    private void refuse(String code) throws IOException {
        String other = (code.charAt(0) == '0' ? "1" : "0") + code.substring(1);
        assertThat(run(command("--confirm", other))).startsWith("1\n").contains("nothing was done");
        assertThat(run(command("--confirm", code, "--patience", "1")))
                .startsWith("1\n")
                .contains("no topic was deleted", PREFIX + "tidescope-parser");
    }

    /** Kills it at a moment of each kind, and then lets it come to its end. */
    private void recover(String code) throws Exception {
        for (String[] moments : MOMENTS) {
            String moment = moments[random.nextInt(moments.length)];
            Process killed = begin(code);
            await(moment, () -> isSaid(moment) || !killed.isAlive());
            LockSupport.parkNanos(random.nextInt(LATEST_KILL_NANOS));
            killed.destroyForcibly();
            assertThat(killed.waitFor()).as(printed()).isEqualTo(KILLED);
        }
        Process last = begin(code);
        await("the end", () -> !last.isAlive());
        assertThat(last.waitFor()).as(printed()).isZero();
        assertThat(printed()).contains("3 clear     done before", "recovered: ");
    }

    private Process begin(String code) throws IOException {
        String stop = "touch " + asked("stop");
        // So long that it can be killed meanwhile.
        String start = "touch " + asked("start") + "; sleep 2";
        return RoleProcess.begin(
                temporary,
                "emergency",
                command("--confirm", code, "--stop-command", stop, "--start-command", start));
    }

    /** Kills the roles once it asks for their end: without their topic some take long to stop. */
    private void await(String what, BooleanSupplier condition) {
        Eventually.until(
                LIMIT,
                what,
                () -> {
                    boolean holds = condition.getAsBoolean();
                    if (!holds && Files.exists(asked("stop"))) {
                        running.forEach(RoleProcess::close);
                        running.clear();
                    }
                    return holds;
                },
                this::printed);
    }

    private Path asked(String what) {
        return temporary.resolve(what);
    }

    /** Or was before: what it was killed in may have come to its end. */
    private boolean isSaid(String moment) {
        return printed().replaceAll(" +", " ").contains(moment);
    }

    private String printed() {
        try {
            return Files.readString(temporary.resolve("emergency.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startIngest() throws IOException {
        start(
                "ingest",
                "ingest: {port: 0, repositories: [{directory: %s, name: %s}]}\n"
                        .formatted(shop.directory(), REPOSITORY));
    }

    /** The others; the store has the disk that it had. */
    private IndexClient startIndex() throws IOException {
        RoleProcess store =
                start(
                        "store",
                        "node: {id: store}\nstore: {port: 0, directory: %s}\n"
                                .formatted(temporary.resolve("state")));
        start("parser", "node: {id: parser}\n");
        start("archiver", archive);
        RoleProcess gateway =
                start(
                        "gateway",
                        "gateway: {port: 0, stores: [%s]}\n"
                                .formatted(store.json("/status").path("address").asText()));
        return new IndexClient(
                URI.create("http://" + gateway.json("/status").path("address").asText()));
    }

    private RoleProcess start(String role, String settings) throws IOException {
        RoleProcess started = roles.start(role, settings);
        running.add(started);
        started.awaitReady();
        return started;
    }

    private void assertIndexed(IndexClient client, String commit) {
        client.awaitIndexed(REPOSITORY, commit, LIMIT);
        new IndexEqualsOracle(client, REPOSITORY).check(Oracle.read(shop.files(commit)));
    }

    /** Ids by names. */
    private Map<String, String> topics() throws Exception {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            return admin.listTopics().listings().get().stream()
                    .collect(toMap(TopicListing::name, topic -> topic.topicId().toString()));
        }
    }

    private String[] command(String... arguments) {
        String[] command = {"recovery", "emergency", "--backup", "latest", "--config", config};
        return Stream.of(command, arguments).flatMap(Stream::of).toArray(String[]::new);
    }

    private String run(String... arguments) throws IOException {
        return RoleProcess.run(temporary, arguments);
    }
}
