package io.tidescope.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.FollowedConsumer.Fetched;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.DiskUse;
import io.tidescope.store.rocks.ReadableStore;
import io.tidescope.store.rocks.Reading;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

class StoreGaugesTest {
    private static final long LAST = 9;

    private final PartitionBoard board = new PartitionBoard(() -> 0);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private double responses;
    private long now;
    private final Lease lease = new Lease(() -> responses, Duration.ofSeconds(10), () -> now);

    @BeforeEach
    void register() {
        StoreGauges.register(board, meters);
    }

    @Test
    void aNodeWithoutPartitionsHoldsNothing() {
        assertThat(size("documents")).isZero();
        assertThat(gauge("tide_scope_ast_rocksdb_table_bytes")).isZero();
        assertThat(gauge("tide_scope_ast_restore_remaining_records")).isZero();
        assertThat(gauge("tide_scope_ast_store_lag_records")).isZero();
    }

    @Test
    void theIndexIsToldByActivePartitionsAndTheDiskByAll() {
        active(0);
        active(1);
        board.opened(2, new Store(), LAST);
        board.restorePolled(2, new Fetched(LAST, LAST + 1, 0));

        assertThat(size("documents")).isEqualTo(2);
        assertThat(size("lines")).isEqualTo(6);
        assertThat(gauge("tide_scope_ast_rocksdb_table_bytes")).isEqualTo(300);
        assertThat(partitions("active")).isEqualTo(2);
        assertThat(partitions("standby")).isEqualTo(1);
        assertThat(partitions("restoring")).isZero();
    }

    @Test
    void whatIsLeftToBeRestoredIsToldUntilThePartitionHasCaughtUp() {
        board.opened(0, new Store(), LAST);
        assertThat(gauge("tide_scope_ast_restore_remaining_records")).isZero();
        board.onRestoreStart(new TopicPartition("documents", 0), "documents", LAST + 1, 100);
        assertThat(gauge("tide_scope_ast_restore_remaining_records")).isEqualTo(90);
        board.applied(0, 49);
        assertThat(gauge("tide_scope_ast_restore_remaining_records")).isEqualTo(50);
        board.applied(0, 99);
        board.restorePolled(0, new Fetched(99, 100, 0));
        assertThat(gauge("tide_scope_ast_restore_remaining_records")).isZero();
        assertThat(partitions("standby")).isEqualTo(1);
    }

    @Test
    void thePartitionThatIsMostBehindIsTheNodesLag() {
        active(0);
        board.opened(1, new Store(), LAST);
        board.restorePolled(1, new Fetched(LAST, LAST + 1, 70));

        assertThat(gauge("tide_scope_ast_store_lag_records")).isEqualTo(70);
    }

    @Test
    void whatIsKnownOfNoPartitionIsNotANumber() {
        board.opened(0, new Store(), LAST);

        assertThat(gauge("tide_scope_ast_store_lag_records")).isNaN();
    }

    @Test
    void aDamagedPartitionIsLeftOutAndNotTheOthersWithIt() {
        active(0);
        active(1, new Damaged());

        assertThat(size("documents")).isEqualTo(1);
    }

    @Test
    void everyMeterSaysWhatItIs() {
        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getName()).startsWith("tide_scope_ast_"))
                .allSatisfy(id -> assertThat(id.getDescription()).as(id.getName()).isNotBlank());
    }

    private void active(int partition) {
        active(partition, new Store());
    }

    private void active(int partition, ReadableStore store) {
        board.opened(partition, store, LAST);
        board.applying(partition, true);
        lease.look();
        responses += 2;
        lease.look();
        board.polled(partition, new Fetched(LAST, LAST + 1, 0), lease);
    }

    private double size(String type) {
        return meters.get("tide_scope_ast_repository_size").tag("type", type).gauge().value();
    }

    private double partitions(String state) {
        return meters.get("tide_scope_ast_store_partitions").tag("state", state).gauge().value();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private static final class Damaged implements ReadableStore {
        @Override
        public <R> Optional<Reading<R>> read(StoreQuery<R> query) {
            throw new TideScopeException(ErrorCode.CORRUPT, "on purpose");
        }

        @Override
        public DiskUse diskUse() {
            return DiskUse.NONE;
        }
    }

    /** One document of three lines. */
    private static final class Store implements ReadableStore {
        @Override
        @SuppressWarnings("unchecked") // statistics are all that is asked for
        public <R> Optional<Reading<R>> read(StoreQuery<R> query) {
            PartitionStatistics statistics = new PartitionStatistics(1, 0, 3, 30, 10, 1, 2, LAST);
            return Optional.of(new Reading<>((R) statistics, LAST));
        }

        @Override
        public DiskUse diskUse() {
            return new DiskUse(100, 10, 1);
        }
    }
}
