package io.tidescope.recovery.archive;

import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A backup: what it holds, and what it holds it of. It is written last, so that a backup either is
 * there with all of its segments or is not there.
 *
 * @param id number of the backup, from 1, ascending
 * @param kind whether it builds on another one
 * @param parent the backup that it goes on from; null of a full one
 * @param begunAtMillis when what it holds was looked at; a full one holds of compacted topics only
 *     what was there then, and goes back no further
 * @param createdAtMillis when it was complete
 * @param writtenBy version of TideScope
 * @param cluster the Kafka cluster's id
 * @param prefix what the names of the deployment begin with
 * @param settings of the deployment's topics, by topic without prefix
 * @param ranges what there is of each partition
 * @param cut the consistent state that it can be restored to: of each ref the newest publish that
 *     is in every partition
 * @param pending marks of publishes that are not complete, by the partition of {@code file-changes}
 *     that has them: the next backup may complete them
 * @param schemas the Avro schemas of its values, by the id that they carry
 */
public record Manifest(
        long id,
        Kind kind,
        @Nullable Long parent,
        long begunAtMillis,
        long createdAtMillis,
        String writtenBy,
        String cluster,
        String prefix,
        Map<String, Map<String, String>> settings,
        List<ArchivedRange> ranges,
        List<Mark> cut,
        Map<Integer, List<Mark>> pending,
        Map<Integer, ArchivedSchema> schemas) {

    /** Whether a backup stands on its own. */
    public enum Kind {
        FULL,
        INCREMENTAL
    }

    public Manifest {
        settings = Map.copyOf(settings);
        ranges = List.copyOf(ranges);
        cut = List.copyOf(cut);
        pending = Map.copyOf(pending);
        schemas = Map.copyOf(schemas);
        if (id < 1 || (kind == Kind.FULL) != (parent == null) || parent != null && parent >= id) {
            throw new IllegalArgumentException(
                    "no backup: %d, %s of %s".formatted(id, kind, parent));
        }
    }

    /** When what it holds was looked at. */
    @JsonIgnore
    public Instant begunAt() {
        return Instant.ofEpochMilli(begunAtMillis);
    }

    /** When it was complete. */
    @JsonIgnore
    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAtMillis);
    }

    /** Bytes of all segments that it names. */
    public long size() {
        return segments().mapToLong(SegmentRef::size).sum();
    }

    /** All segments that it names. */
    public Stream<SegmentRef> segments() {
        return ranges.stream().flatMap(range -> range.segments().stream());
    }
}
