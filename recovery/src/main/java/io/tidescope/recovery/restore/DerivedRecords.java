package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.PartitionReader;
import io.tidescope.schemas.Provenance;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What was derived from the changes of a partition, in the order of the changes. For one thread.
 *
 * <p>It ends early, for good, at a record that does not tell which change it is from, or that comes
 * from an earlier one than the record before: parsers derive again what is behind it.
 */
final class DerivedRecords {
    private final PartitionReader reader;
    private final String log;
    private long reached = -1;
    private boolean ended;
    private @Nullable Derived next;

    /**
     * A record and the change that it is from.
     *
     * @param change offset that the change had
     */
    record Derived(ArchivedRecord record, long change) {}

    /**
     * @param log the partition of {@code file-changes}
     */
    DerivedRecords(PartitionReader reader, ArchivedPartition log) {
        this.reader = reader;
        this.log = log.topicId();
    }

    /** The next record, which stays the next one; null behind the last. */
    @Nullable Derived peek() {
        if (next == null && !ended) {
            next = read();
            ended = next == null;
        }
        return next;
    }

    /**
     * Passes over what is from changes before an offset.
     *
     * @param going whether to go on; asked often
     * @return false when it was stopped
     */
    boolean skipBefore(long change, BooleanSupplier going) {
        for (Derived each = peek(); each != null && each.change() < change; each = peek()) {
            if (!going.getAsBoolean()) {
                return false;
            }
            skip();
        }
        return true;
    }

    /** Goes on behind the next record. */
    void skip() {
        next = null;
    }

    private @Nullable Derived read() {
        ArchivedRecord record = reader.next();
        if (record == null) {
            return null;
        }
        Optional<Long> change =
                Provenance.of(new RecordHeaders(record.headers()))
                        .filter(from -> from.topic().toString().equals(log))
                        .map(Provenance::offset)
                        .filter(offset -> offset >= reached);
        change.ifPresent(offset -> reached = offset);
        return change.map(offset -> new Derived(record, offset)).orElse(null);
    }
}
