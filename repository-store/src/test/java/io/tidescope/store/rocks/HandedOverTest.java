package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.Thread.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a store was given and nobody has applied yet: there is one thread, and it is busy. */
@Timeout(60)
class HandedOverTest {
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde(), threads);

    @BeforeEach
    void handOver() {
        threads.execute(this::beBusy);
        DocumentKey key = new DocumentKey("acme/tide", "refs/heads/main", "A.java");
        store.apply(
                records.put(
                        TestRecords.document(
                                key, "class A {}".getBytes(StandardCharsets.UTF_8), 1)));
    }

    @AfterEach
    void close() {
        busy.countDown();
        store.close();
        threads.shutdown();
    }

    @Test
    void isAppliedWhenTheStoreGoesLive() throws Exception {
        waits(store.store()::restored);

        assertThat(store.position()).isZero();
    }

    @Test
    void isAppliedWhenTheStoreIsGivenUp() throws Exception {
        waits(store.store()::suspended);

        assertThat(store.position()).isZero();
    }

    @Test
    void isAppliedAfterACommit() throws Exception {
        waits(() -> store.store().commit(Map.of(StoreFixture.PARTITION, 0L)));

        assertThat(store.position()).isZero();
    }

    @Test
    void isWaitedForBeforeTheStoreIsClosed() throws Exception {
        waits(store.store()::close);

        assertThat(store.store().isOpen()).isFalse();
    }

    /** That something does, until the thread is free. */
    private void waits(Runnable something) throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(something);
        Eventually.until(
                Duration.ofSeconds(20), "it waits", () -> thread.getState() == State.WAITING);
        assertThat(store.position()).isEqualTo(-1);
        busy.countDown();
        thread.join();
    }

    private void beBusy() {
        try {
            busy.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
