package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** What a store was given and nobody has applied yet: there is one thread, and it is busy. */
@Timeout(30)
class HandedOverTest {
    private static final long BUSY_NANOS = 300_000_000;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde(), threads);

    @BeforeEach
    void handOver() {
        threads.execute(() -> LockSupport.parkNanos(BUSY_NANOS));
        DocumentKey key = new DocumentKey("acme/tide", "refs/heads/main", "A.java");
        store.apply(
                records.put(
                        TestRecords.document(
                                key, "class A {}".getBytes(StandardCharsets.UTF_8), 1)));
    }

    @AfterEach
    void close() {
        store.close();
        threads.shutdown();
    }

    @Test
    void isAppliedWhenTheStoreGoesLive() {
        store.store().restored();

        assertThat(store.position()).isZero();
    }

    @Test
    void isAppliedWhenTheStoreIsGivenUp() {
        store.store().suspended();

        assertThat(store.position()).isZero();
    }

    @Test
    void isAppliedAfterACommit() {
        store.store().commit(Map.of(StoreFixture.PARTITION, 0L));

        assertThat(store.position()).isZero();
    }
}
