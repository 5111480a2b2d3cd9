package io.tidescope.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.backup.FullBackup;
import io.tidescope.recovery.backup.Tail;
import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.object.StoredObject;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Backups of a real deployment, restored into another cluster and beside the live one. */
@Timeout(240)
class RestoreIT {
    private static final String GSON = "google/gson";
    private static final String LANG = "apache/commons-lang";

    private static TestBroker live;
    private static TestBroker other;

    /** Two repositories, published and parsed; nobody changes it. */
    private static TestDeployment steady;

    private static GitRepository steadyGson;
    private static GitRepository steadyLang;

    @TempDir private static Path directory;

    private final MemoryObjects objects = new MemoryObjects(InstantSource.system());
    private final Archive archive = new Archive(objects);

    @BeforeAll
    static void start() {
        live = TestBroker.start();
        other = TestBroker.start();
        steadyGson = commit("steady/gson", "gson");
        steadyLang = commit("steady/lang", "commons-lang3");
        steady = new TestDeployment(live, "steady.").withTopics();
        steady.publish(GSON, steadyGson);
        steady.publish(LANG, steadyLang);
        steady.parse();
    }

    @AfterAll
    static void stop() {
        live.close();
        other.close();
    }

    @Test
    void aDeploymentComesBackInAnotherClusterAndGoesOnThere() throws Exception {
        GitRepository gson = commit("all/gson", "gson");
        TestDeployment deployment = published("all.", gson);
        Manifest full = full(deployment);
        String changed = change(gson);
        deployment.publish(GSON, gson);
        deployment.parse();
        Manifest next;
        try (Tail tail = tail(deployment)) {
            next = tail.backUp();
        }
        assertThat(full.kind()).isEqualTo(Manifest.Kind.FULL);
        assertThat(next.parent()).isEqualTo(full.id());
        assertThat(next.size()).isLessThan(full.size() / 4);

        TestDeployment restored = new TestDeployment(other, "all.");
        RestorePlan plan = new RestorePoint(archive).of(next.id(), _ -> true);
        restore(plan, restored);

        assertThat(restored.documents()).isEqualTo(deployment.documents());
        assertThat(restored.documents()).isEqualTo(TestDeployment.oracle(GSON, gson, changed));
        assertThat(restored.published(new HashMap<>()))
                .isEqualTo(Map.of(new RefKey(GSON, TestDeployment.MAIN), changed));
        String later = change(gson);
        restored.publish(GSON, gson);
        restored.parse();
        assertThat(restored.documents()).isEqualTo(TestDeployment.oracle(GSON, gson, later));
    }

    @Test
    void aMomentBetweenTwoBackupsComesBack() throws Exception {
        GitRepository gson = commit("moment/gson", "gson");
        TestDeployment deployment = published("moment.", gson);
        full(deployment);
        String first = change(gson);
        deployment.publish(GSON, gson);
        Instant between = Instant.now();
        change(gson);
        deployment.publish(GSON, gson, InstantSource.fixed(between.plusSeconds(1)));
        deployment.parse();
        try (Tail tail = tail(deployment)) {
            tail.backUp();
        }

        TestDeployment beside = new TestDeployment(live, "moment.beside.");
        restore(new RestorePoint(archive).at(between, _ -> true), beside);

        assertThat(beside.documents()).isEqualTo(TestDeployment.oracle(GSON, gson, first));
        beside.publish(GSON, gson);
        beside.parse();
        assertThat(beside.documents()).isEqualTo(deployment.documents());
    }

    @Test
    void aMomentThatNoBackupHasIsRefusedWithThoseThatAreThere() {
        Manifest full = full(steady);

        assertThatThrownBy(
                        () ->
                                new RestorePoint(archive)
                                        .at(full.begunAt().minusSeconds(3600), _ -> true))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(full.begunAt().toString());
    }

    @Test
    void oneRepositoryComesBackWithoutTheOthers() throws Exception {
        Manifest full = full(steady);

        TestDeployment beside = new TestDeployment(live, "one.beside.");
        restore(new RestorePoint(archive).of(full.id(), GSON::equals), beside);

        assertThat(beside.documents())
                .isEqualTo(TestDeployment.oracle(GSON, steadyGson, steadyGson.head()));
    }

    @Test
    void whatParsersHadNotComeToIsParsedAfterTheRestore() throws Exception {
        GitRepository gson = commit("unparsed/gson", "gson");
        TestDeployment deployment = published("unparsed.", gson);
        change(gson);
        deployment.publish(GSON, gson);
        Manifest full = full(deployment);

        TestDeployment beside = new TestDeployment(live, "unparsed.beside.");
        restore(new RestorePoint(archive).of(full.id(), _ -> true), beside);
        assertThat(beside.documents()).isEqualTo(deployment.documents());

        beside.parse();
        assertThat(beside.documents()).isEqualTo(TestDeployment.oracle(GSON, gson, gson.head()));
    }

    @Test
    void aRestoreThatWasStoppedGoesOnAndWritesNothingTwice() throws Exception {
        Manifest full = full(steady);
        RestorePlan plan = new RestorePoint(archive).of(full.id(), _ -> true);
        TestDeployment beside = new TestDeployment(live, "stopped.beside.");

        for (int stop = 2; stop < 200; stop *= 3) {
            AtomicInteger left = new AtomicInteger(stop);
            assertThatThrownBy(
                            () ->
                                    new Restore(
                                                    archive,
                                                    plan,
                                                    beside.target(),
                                                    1,
                                                    () -> left.getAndDecrement() > 0)
                                            .run())
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("Stopped while backup");
        }
        restore(plan, beside);

        assertThat(beside.documents()).isEqualTo(steadyOracle());
    }

    @Test
    void howFarItHasComeIsToldAlsoOfWhatAnEarlierRunHasWritten() throws Exception {
        Manifest full = full(steady);
        RestorePlan plan = new RestorePoint(archive).of(full.id(), _ -> true);
        TestDeployment beside = new TestDeployment(live, "told.beside.");
        List<Long> told = new ArrayList<>();

        for (int run = 0; run < 2; run++) {
            told.clear();
            new Restore(
                            archive,
                            plan,
                            beside.target(),
                            2,
                            () -> true,
                            (done, total) -> {
                                told.add(done);
                                assertThat(total).isEqualTo(records(full));
                            })
                    .run();
            assertThat(told).isSorted().last().isEqualTo(records(full));
        }
    }

    /** Offsets that the log of a deployment has in a full backup. */
    private static long records(Manifest full) {
        return full.ranges().stream()
                .filter(range -> range.where().topic().equals(Archive.LOG))
                .mapToLong(range -> range.to() - range.from())
                .sum();
    }

    @Test
    void nothingIsRestoredWhereThereIsSomething() {
        Manifest full = full(steady);
        RestorePlan plan = new RestorePoint(archive).of(full.id(), _ -> true);

        assertThatThrownBy(() -> restore(plan, steady))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("steady.file-changes")
                .hasMessageContaining("There is something in");
    }

    @Test
    void anotherRestoreAndRolesAreRefusedUntilTheFirstIsComplete() throws Exception {
        Manifest full = full(steady);
        TestDeployment beside = new TestDeployment(live, "two.beside.");
        RestorePlan all = new RestorePoint(archive).of(full.id(), _ -> true);
        RestorePlan one = new RestorePoint(archive).of(full.id(), GSON::equals);
        AtomicInteger left = new AtomicInteger((int) full.segments().count());
        assertThatThrownBy(
                        () ->
                                new Restore(
                                                archive,
                                                all,
                                                beside.target(),
                                                1,
                                                () -> left.getAndDecrement() > 0)
                                        .run())
                .hasMessageContaining("goes on with it");

        assertThatThrownBy(() -> restore(one, beside))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("Another restore has begun");
        assertThatThrownBy(beside::withTopics)
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("is not complete");
        restore(all, beside);
        beside.withTopics();
    }

    @Test
    void everyObjectThatIsDamagedOrMissingIsNamedAndNothingIsWritten() {
        Manifest full = full(steady);
        Random random = new Random(5);
        List<String> names = objects.list("").stream().map(StoredObject::name).toList();
        for (String name : names) {
            byte[] content = objects.find(name).orElseThrow();
            for (byte[] damaged : damages(content, random)) {
                overwrite(name, damaged);
                assertRefused(full.id(), name);
            }
            objects.delete(name);
            if (name.startsWith("backups/")) {
                assertThatThrownBy(
                                () ->
                                        new RestorePoint(new Archive(objects))
                                                .of(full.id(), _ -> true))
                        .hasMessageContaining("no backup");
            } else {
                assertRefused(full.id(), name);
            }
            overwrite(name, content);
        }
        assertThat(names).hasSizeGreaterThan(8);
    }

    private void overwrite(String name, byte[] content) {
        objects.delete(name);
        objects.create(name, content);
    }

    private void assertRefused(long backup, String name) {
        Archive fresh = new Archive(objects);
        TestDeployment beside = new TestDeployment(live, "damaged.beside.");
        assertThatThrownBy(
                        () ->
                                new Restore(
                                                fresh,
                                                new RestorePoint(fresh).of(backup, _ -> true),
                                                beside.target(),
                                                1,
                                                () -> true)
                                        .run())
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e ->
                                assertThat(e.code())
                                        .isIn(ErrorCode.CORRUPT, ErrorCode.UNSUPPORTED_VERSION))
                .hasMessageContaining(name);
    }

    private static List<byte[]> damages(byte[] content, Random random) {
        byte[] flipped = content.clone();
        int place = random.nextInt(content.length);
        flipped[place] ^= (byte) (1 << random.nextInt(8));
        byte[] cut = Arrays.copyOf(content, random.nextInt(content.length));
        byte[] longer = Arrays.copyOf(content, content.length + 1);
        return List.of(flipped, cut, longer, new byte[0]);
    }

    /** A deployment of its own, with a repository that is published and parsed. */
    private static TestDeployment published(String prefix, GitRepository gson) {
        TestDeployment deployment = new TestDeployment(live, prefix).withTopics();
        deployment.publish(GSON, gson);
        deployment.parse();
        return deployment;
    }

    private static GitRepository commit(String name, String library) {
        GitRepository git = GitRepository.create(directory.resolve(name));
        git.replaceAll(Corpus.open().releases(library, 1).getFirst().files());
        git.commit("release");
        return git;
    }

    /** A file more, one changed, one gone. */
    private static String change(GitRepository git) {
        List<String> paths =
                git.files(git.head()).keySet().stream()
                        .filter(path -> path.endsWith(".java"))
                        .toList();
        git.write("New%d.java".formatted(paths.size()), "class New {}\n");
        git.write(
                paths.get(paths.size() / 2),
                "class Changed { int times = %d; }\n".formatted(paths.size()));
        git.delete(paths.getFirst());
        git.write("New%db.java".formatted(paths.size()), "class New2 {}\n");
        return git.commit("change");
    }

    private static SortedMap<String, String> steadyOracle() {
        SortedMap<String, String> all = TestDeployment.oracle(GSON, steadyGson, steadyGson.head());
        all.putAll(TestDeployment.oracle(LANG, steadyLang, steadyLang.head()));
        return all;
    }

    private Manifest full(TestDeployment deployment) {
        return new FullBackup(deployment.source(), archive, InstantSource.system(), () -> true)
                .run();
    }

    private Tail tail(TestDeployment deployment) {
        return new Tail(deployment.source(), archive, InstantSource.system(), () -> true);
    }

    private void restore(RestorePlan plan, TestDeployment to) throws InterruptedException {
        Restore restore = new Restore(archive, plan, to.target(), 2, () -> true);
        restore.run();
        VerificationReport report =
                new Verification(
                                archive, plan, to.target(), TestDeployment::tree, 20, new Random(1))
                        .run();
        assertThat(report.problems()).isEmpty();
        assertThat(report.samples()).isPositive();
        assertThat(report.differences()).isEmpty();
        restore.release();
    }
}
