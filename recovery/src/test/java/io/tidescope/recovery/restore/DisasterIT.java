package io.tidescope.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.ingest.PublishLimits;
import io.tidescope.ingest.PublishListener;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Validation;
import io.tidescope.recovery.backup.FullBackup;
import io.tidescope.recovery.backup.Tail;
import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.WatchedObjects;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Disasters drawn by a seed, over a real broker, publishers and parsers: pushes that are cut off,
 * archivers that die at a write or are two, clocks that are wrong, brokers that restart, objects
 * that are lost or damaged, restores that are interrupted.
 *
 * <p>Each ends in one of two ways: what is restored is what git had at the moment that was
 * promised, or it is refused and the refusal names the damage. {@code -Dscenarios=N} asks for so
 * many, {@code -Dseed=S} for those from a seed on.
 */
class DisasterIT {
    private static final PublishLimits SMALL_BATCHES =
            new PublishLimits(4, 1 << 20, 1 << 20, 16 << 20);

    private static TestBroker broker;
    private static TestDeployment deployment;
    private static ParserNode parser;
    private static List<byte[]> sources;

    @TempDir private static Path directory;

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
        deployment = new TestDeployment(broker, "live.").withTopics();
        parser = deployment.startParser();
        sources = List.copyOf(Corpus.open().releases("gson", 1).getFirst().files().values());
    }

    @AfterAll
    static void stop() {
        parser.close();
        broker.close();
    }

    @TestFactory
    Stream<DynamicTest> whatIsRestoredIsWhatWasPromisedOrTheDamageIsNamed() {
        long first = Long.getLong("seed", 1);
        return LongStream.range(0, Integer.getInteger("scenarios", 3))
                .map(number -> first + number)
                .mapToObj(
                        seed ->
                                DynamicTest.dynamicTest(
                                        "seed " + seed, () -> new Disaster(seed).run()));
    }

    /** What a backup promises: of each repository, the commit of its last complete publish. */
    private record Promise(long backup, Map<String, String> commits) {}

    private static final class Disaster {
        private final Random random;
        private final String name;
        private final MemoryObjects objects = new MemoryObjects(InstantSource.system());
        private final Map<String, GitRepository> repositories = new TreeMap<>();
        private final Map<String, String> published = new TreeMap<>();
        private final List<Promise> promises = new ArrayList<>();
        private final List<String> told = new ArrayList<>();

        Disaster(long seed) {
            random = new Random(seed);
            name = "d" + Long.toUnsignedString(seed) + "x";
        }

        void run() throws Exception {
            try {
                for (int i = 0; i < 2; i++) {
                    GitRepository git = GitRepository.create(directory.resolve(name + "-" + i));
                    repositories.put(name + "/" + i, git);
                    publish(name + "/" + i, InstantSource.system());
                }
                backUp();
                for (int steps = 3 + random.nextInt(4); steps > 0; steps--) {
                    step();
                }
                backUp();
                end();
            } catch (Exception | AssertionError e) {
                throw new AssertionError(name + " after " + told, e);
            }
        }

        private void step() {
            switch (random.nextInt(7)) {
                case 0 -> push();
                case 1 -> pushThatIsCutOff();
                case 2 -> backUp();
                case 3 -> archiverDiesAtAWrite();
                case 4 -> twoArchivers();
                case 5 -> pushWithAWrongClock();
                default -> waitForDocuments();
            }
        }

        private String any() {
            return List.copyOf(repositories.keySet()).get(random.nextInt(repositories.size()));
        }

        private GitRepository git(String repository) {
            return Objects.requireNonNull(repositories.get(repository));
        }

        private void change(GitRepository git) {
            for (int i = 2 + random.nextInt(8); i > 0; i--) {
                git.write(
                        "p%d/F%d.java".formatted(random.nextInt(3), random.nextInt(20)),
                        sources.get(random.nextInt(sources.size())));
            }
            if (random.nextBoolean()) {
                List<String> paths = git.files(git.commit("before")).keySet().stream().toList();
                git.delete(paths.get(random.nextInt(paths.size())));
            }
            git.commit("change");
        }

        private void push() {
            told.add("push");
            publish(any(), InstantSource.system());
        }

        private void pushWithAWrongClock() {
            told.add("push with a wrong clock");
            Instant wrong = Instant.now().plus(Duration.ofDays(random.nextInt(20) - 10));
            publish(any(), InstantSource.fixed(wrong));
        }

        private void publish(String repository, InstantSource clock) {
            GitRepository git = git(repository);
            change(git);
            deployment.publish(repository, git, clock);
            published.put(repository, git.head());
        }

        /** Some transactions of it are committed, and the others never come. */
        private void pushThatIsCutOff() {
            told.add("push that is cut off");
            String repository = any();
            GitRepository git = git(repository);
            change(git);
            AtomicInteger left = new AtomicInteger(random.nextInt(3));
            try {
                deployment.publish(
                        repository,
                        git,
                        InstantSource.system(),
                        SMALL_BATCHES,
                        new PublishListener() {
                            @Override
                            public void progressed(String of, String ref, int done, int total) {
                                if (left.getAndDecrement() == 0) {
                                    throw new CutOff();
                                }
                            }
                        });
                published.put(repository, git.head());
            } catch (CutOff e) {
                told.add("it was");
            }
        }

        private void waitForDocuments() {
            told.add("documents");
            deployment.awaitDocuments();
        }

        private void backUp() {
            told.add("backup");
            promise(make(objects, random.nextInt(3) == 0));
        }

        private void promise(Manifest manifest) {
            promises.add(new Promise(manifest.id(), Map.copyOf(published)));
        }

        private static Manifest make(ObjectStore to, boolean full) {
            Archive archive = new Archive(to);
            if (full || archive.backups().isEmpty()) {
                return new FullBackup(
                                deployment.source(), archive, InstantSource.system(), () -> true)
                        .run();
            }
            try (Tail tail =
                    new Tail(deployment.source(), archive, InstantSource.system(), () -> true)) {
                return tail.backUp();
            }
        }

        private void archiverDiesAtAWrite() {
            boolean before = random.nextBoolean();
            int write = 1 + random.nextInt(12);
            told.add("archiver dies %s write %d".formatted(before ? "before" : "after", write));
            try {
                promise(make(dying(objects, write, before), random.nextBoolean()));
            } catch (CutOff e) {
                // A backup that was written before it died counts.
                List<Long> all = new Archive(objects).backups();
                if (all.getLast() > promises.getLast().backup()) {
                    promises.add(new Promise(all.getLast(), Map.copyOf(published)));
                    told.add("behind its manifest");
                }
            }
        }

        /** Both read on from the same backup; of what they make one counts. */
        private void twoArchivers() {
            told.add("two archivers");
            Archive archive = new Archive(objects);
            try (Tail one =
                            new Tail(
                                    deployment.source(),
                                    archive,
                                    InstantSource.system(),
                                    () -> true);
                    Tail other =
                            new Tail(
                                    deployment.source(),
                                    archive,
                                    InstantSource.system(),
                                    () -> true)) {
                promise(one.backUp());
                try {
                    other.backUp();
                    throw new AssertionError("two backups with one number");
                } catch (TideScopeException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
                }
            }
        }

        private void end() throws Exception {
            for (Promise promise : promises) {
                assertThat(new Validation(new Archive(objects)).run(promise.backup()).problems())
                        .isEmpty();
            }
            Promise promise = promises.get(random.nextInt(promises.size()));
            @Nullable String damaged =
                    random.nextInt(3) == 0
                            ? Damage.to(objects, promise.backup(), random, told)
                            : null;
            TestDeployment restored = new TestDeployment(broker, name + ".");
            if (damaged != null) {
                assertRefused(promise, damaged, restored);
                return;
            }
            restore(promise, restored);
            // Where publishers go on they find all that came later, or was cut off.
            deployment.awaitDocuments();
            SortedMap<String, String> expected = new TreeMap<>();
            repositories.forEach(
                    (repository, git) -> {
                        restored.publish(repository, git);
                        expected.putAll(TestDeployment.oracle(repository, git, git.head()));
                    });
            restored.parse();
            assertThat(restored.documents()).isEqualTo(expected);
        }

        private void restore(Promise promise, TestDeployment restored) throws Exception {
            Archive archive = new Archive(objects);
            RestorePlan plan =
                    new RestorePoint(archive).of(promise.backup(), repositories::containsKey);
            Map<String, String> commits = new HashMap<>();
            plan.state().forEach(mark -> commits.put(mark.repository(), mark.commit()));
            assertThat(commits).isEqualTo(promise.commits());
            boolean done = false;
            for (int times = random.nextInt(3); times > 0 && !done; times--) {
                done = interrupt(archive, plan, restored);
            }
            if (!done) {
                new Restore(archive, plan, restored.target(), 2, () -> true).run();
            }
            assertThat(
                            new Verification(
                                            archive,
                                            plan,
                                            restored.target(),
                                            TestDeployment::tree,
                                            5,
                                            random)
                                    .run()
                                    .problems())
                    .isEmpty();
            new Restore(archive, plan, restored.target(), 1, () -> true).release();
            restored.parse();
            SortedMap<String, String> expected = new TreeMap<>();
            promise.commits()
                    .forEach(
                            (repository, commit) ->
                                    expected.putAll(
                                            TestDeployment.oracle(
                                                    repository, git(repository), commit)));
            assertThat(restored.documents()).isEqualTo(expected);
        }

        /** Whether it was done before. */
        private boolean interrupt(Archive archive, RestorePlan plan, TestDeployment restored)
                throws Exception {
            told.add("restore is interrupted");
            AtomicInteger left = new AtomicInteger(random.nextInt(60));
            try {
                new Restore(
                                archive,
                                plan,
                                restored.target(),
                                1 + random.nextInt(2),
                                () -> left.getAndDecrement() > 0)
                        .run();
                return true;
            } catch (TideScopeException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                return false;
            }
        }

        private void assertRefused(Promise promise, String damaged, TestDeployment restored)
                throws InterruptedException {
            Archive archive = new Archive(objects);
            try {
                RestorePlan plan =
                        new RestorePoint(archive).of(promise.backup(), repositories::containsKey);
                new Restore(archive, plan, restored.target(), 1, () -> true).run();
            } catch (TideScopeException e) {
                boolean manifest = damaged.startsWith("backups/");
                assertThat(e.getMessage())
                        .containsAnyOf(damaged, manifest ? "There is no backup" : damaged);
                return;
            }
            throw new AssertionError("restored, though " + damaged + " is damaged");
        }
    }

    private static final class CutOff extends RuntimeException {}

    /** A store whose writer dies at one of its writes. */
    private static ObjectStore dying(ObjectStore objects, int writes, boolean before) {
        AtomicInteger left = new AtomicInteger(writes);
        return new WatchedObjects(
                objects,
                new WatchedObjects.Watcher() {
                    @Override
                    public void creating() {
                        if (left.decrementAndGet() == 0 && before) {
                            throw new CutOff();
                        }
                    }

                    @Override
                    public void created() {
                        if (left.get() == 0) {
                            throw new CutOff();
                        }
                    }
                });
    }
}
