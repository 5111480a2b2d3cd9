package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Phase;
import io.tidescope.store.query.Maintenance.Task;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.Scope;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is done to a store while it answers. */
@Timeout(60)
class MaintenanceTest {
    private static final int DOCUMENTS = 50;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestRecords records = new TestRecords();
    private final ExecutorService appliers = Executors.newFixedThreadPool(2);
    private final ExecutorService housekeeper = Executors.newSingleThreadExecutor();
    private final StoreFixture store = new StoreFixture(records.serde(), appliers);
    private final Random random = new Random(1);
    private final List<StoreRecord> topic = new ArrayList<>();

    @AfterEach
    void close() {
        store.close();
        housekeeper.shutdown();
        appliers.shutdown();
    }

    @Test
    void aStoreThatIsRebuiltFindsWhatItFoundAndNoMore() throws IOException {
        putAll();
        Database before = store.store().database();
        store.topicHas(topic);

        Maintenance done = store.maintain(Task.REBUILD);

        assertThat(done.phase()).isEqualTo(Phase.DONE);
        assertThat(done.done()).isEqualTo(done.total()).isEqualTo(DOCUMENTS);
        assertThat(done.bytesAfter()).isPositive();
        assertThat(store.store().database()).isNotSameAs(before);
        assertAllFound();
        assertThat(directories()).containsExactly("documents.rebuilt");
    }

    @Test
    void whatIsAppliedMeanwhileIsNotLost() {
        putAll();
        CountDownLatch goOn = rebuildHalfway();
        assertThat(store.maintain(null).phase()).isEqualTo(Phase.RUNNING);
        assertAllFound();

        put("Late");
        store.store().restored();
        assertThat(find("Late")).isOne();
        goOn.countDown();

        awaitEnd();
        assertThat(store.maintain(null).failure()).isNull();
        assertAllFound();
        assertThat(find("Late")).isOne();
        put("Later");
        store.store().restored();
        assertThat(find("Later")).isOne();
    }

    @Test
    void aRebuiltStoreIsThereAfterTheNextStart() throws IOException {
        putAll();
        store.topicHas(topic);
        store.maintain(Task.REBUILD);
        long position = store.position();

        store.reopen();

        assertThat(store.position()).isEqualTo(position);
        assertThat(directories()).containsExactly("documents");
        assertAllFound();
    }

    @Test
    void itCanBeRebuiltAgainAndAgain() throws IOException {
        putAll();
        store.topicHas(topic);
        for (int i = 0; i < 3; i++) {
            assertThat(store.maintain(Task.REBUILD).phase()).isEqualTo(Phase.DONE);
        }
        store.reopen();

        assertAllFound();
        assertThat(directories()).containsExactly("documents");
    }

    @Test
    void whatACrashLeftOfARebuildIsRemoved() throws IOException {
        putAll();
        store.commit();
        store.store().close();
        Path half = Files.createDirectory(store.directory().resolveSibling("documents.rebuilt"));
        Files.writeString(half.resolve("CURRENT"), "half");

        store.store().open(0, store.directory());

        assertThat(directories()).containsExactly("documents");
        assertAllFound();
    }

    @Test
    void aStoreThatWasAboutToBeReplacedGoesOnWithEither() throws IOException {
        putAll();
        store.commit();
        store.store().close();
        copy(store.directory(), store.directory().resolveSibling("documents.rebuilt"));

        store.store().open(0, store.directory());

        assertThat(directories()).containsExactly("documents");
        assertAllFound();
    }

    @Test
    void aTopicThatCannotBeReadLeavesTheStoreAsItWas() throws IOException {
        putAll();
        store.topicIs(
                partition -> {
                    throw new IllegalStateException("nobody there");
                });

        Maintenance failed = store.maintain(Task.REBUILD);

        assertThat(failed.phase()).isEqualTo(Phase.FAILED);
        assertThat(failed.failure()).isEqualTo("nobody there");
        assertAllFound();
        assertThat(directories()).containsExactly("documents");
        put("Later");
        store.store().restored();
        assertThat(find("Later")).isOne();
    }

    @Test
    void closingEndsARebuild() throws IOException {
        putAll();
        CountDownLatch goOn = rebuildHalfway();
        store.commit();

        Thread closing = Thread.ofPlatform().start(() -> store.store().close());
        Eventually.until(LIMIT, "it waits", () -> closing.getState() == Thread.State.WAITING);
        goOn.countDown();
        join(closing);
        store.store().open(0, store.directory());

        assertThat(directories()).containsExactly("documents");
        assertAllFound();
    }

    @Test
    void compactingDropsWhatWasOverwritten() {
        for (int i = 0; i < 5; i++) {
            putAll();
            store.store().restored();
            store.commit();
        }

        Maintenance done = store.maintain(Task.COMPACT);

        assertThat(done.phase()).isEqualTo(Phase.DONE);
        assertThat(done.bytesAfter()).isPositive().isLessThan(done.bytesBefore() / 2);
        assertThat(done.done()).isEqualTo(done.total()).isEqualTo(Family.values().length);
        assertAllFound();
    }

    @Test
    void oneThingIsDoneAtATime() {
        putAll();
        CountDownLatch goOn = rebuildHalfway();

        assertThat(store.maintain(Task.COMPACT).task()).isEqualTo(Task.REBUILD);

        goOn.countDown();
        awaitEnd();
        assertThat(store.maintain(null).phase()).isEqualTo(Phase.DONE);
    }

    /** Stops after the first half until it may go on. */
    private static final class StoppedTopic implements RecordReader {
        private final List<StoreRecord> records;
        private final CountDownLatch halfway;
        private final CountDownLatch goOn;
        private int next;

        StoppedTopic(List<StoreRecord> records, CountDownLatch halfway, CountDownLatch goOn) {
            this.records = records;
            this.halfway = halfway;
            this.goOn = goOn;
        }

        @Override
        public List<StoreRecord> next() {
            if (next == DOCUMENTS / 2) {
                halfway.countDown();
                awaitUninterruptibly(goOn);
            }
            return next < records.size() ? List.of(records.get(next++)) : List.of();
        }

        @Override
        public long position() {
            return next;
        }

        @Override
        public void close() {}
    }

    /** Begins a rebuild that has come halfway, and goes on when it may. */
    private CountDownLatch rebuildHalfway() {
        CountDownLatch halfway = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.housekeeper(housekeeper);
        store.topicIs(partition -> new StoppedTopic(topic, halfway, goOn));
        store.maintain(Task.REBUILD);
        awaitUninterruptibly(halfway);
        return goOn;
    }

    private void awaitEnd() {
        Eventually.until(LIMIT, "it is over", () -> !store.maintain(null).isGoingOn());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void putAll() {
        for (int i = 0; i < DOCUMENTS; i++) {
            put("A" + i);
        }
        store.store().restored();
    }

    private void put(String name) {
        DocumentKey key = new DocumentKey("acme/tide", "refs/heads/main", name + ".java");
        // Of what compresses badly, as other code than a test's does.
        String fields =
                random.longs(300)
                        .mapToObj("long l = %dL;\n"::formatted)
                        .collect(Collectors.joining());
        byte[] source = "class %s { %s }".formatted(name, fields).getBytes(StandardCharsets.UTF_8);
        StoreRecord put = records.put(TestRecords.document(key, source, 1));
        topic.add(put);
        store.apply(put);
    }

    private void assertAllFound() {
        for (int i = 0; i < DOCUMENTS; i++) {
            assertThat(find("A" + i)).as("A%d", i).isOne();
        }
    }

    private int find(String name) {
        return store.ask(
                        new FindSymbols(
                                new NameMatch.Exact(name),
                                Set.of(),
                                new Scope(null, Scope.ALL_REFS),
                                null,
                                10,
                                StoreFixture.soon()))
                .size();
    }

    private List<String> directories() throws IOException {
        try (Stream<Path> all = Files.list(store.directory().getParent())) {
            return all.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
