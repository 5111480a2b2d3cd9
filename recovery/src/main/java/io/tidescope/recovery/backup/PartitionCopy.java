package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRange;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.Cut;
import io.tidescope.recovery.archive.Effort;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.Segment;
import io.tidescope.recovery.archive.SegmentBuilder;
import io.tidescope.recovery.archive.SegmentRef;
import io.tidescope.schemas.RefKey;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts what comes of a partition into segments; for one thread. */
final class PartitionCopy {
    private final ArchivedPartition where;
    private final Function<Segment, SegmentRef> archive;
    private long from;
    private List<SegmentRef> segments = new ArrayList<>();

    /** The last ones of each ref. */
    private final Map<RefKey, Deque<Mark>> marks = new HashMap<>();

    private final Effort effort;
    private long position;

    /** Null until there is something to put in it, for each takes some megabytes. */
    private @Nullable SegmentBuilder segment;

    /**
     * @param from where to begin
     * @param archive writes a segment
     */
    PartitionCopy(
            ArchivedPartition where,
            long from,
            Effort effort,
            Function<Segment, SegmentRef> archive) {
        this.where = where;
        this.effort = effort;
        this.archive = archive;
        this.from = from;
        position = from;
    }

    void add(ArchivedRecord record, @Nullable Mark mark) {
        SegmentBuilder open = segment;
        if (open == null) {
            open = new SegmentBuilder(where, written(), effort);
            segment = open;
        }
        open.add(record, mark);
        position = record.offset() + 1;
        if (mark != null) {
            Deque<Mark> last =
                    marks.computeIfAbsent(
                            new RefKey(mark.repository(), mark.ref()), _ -> new ArrayDeque<>(1));
            last.add(mark);
            if (last.size() > Cut.LAST) {
                last.remove();
            }
        }
        if (open.isFull()) {
            flush();
        }
    }

    /** There is nothing more before that offset. */
    void advance(long offset) {
        position = Math.max(position, offset);
    }

    /** Offset that comes next. */
    long position() {
        return position;
    }

    /** Bytes that are not yet in a segment. */
    int held() {
        return segment == null ? 0 : segment.size();
    }

    /** Up to where there are segments. */
    private long written() {
        return segments.isEmpty() ? from : segments.getLast().to();
    }

    /** Writes what there is. */
    void flush() {
        SegmentBuilder open = segment;
        if (open != null) {
            open.advance(position);
            segments.add(archive.apply(open.build()));
            segment = null;
        }
    }

    /**
     * What was put into segments since it was taken the last time, and is written then.
     *
     * @param range from where the last one ended
     * @param marks the last ones of each ref in it, as many as {@link Cut#LAST}
     */
    record Taken(ArchivedRange range, List<Mark> marks) {
        Taken {
            marks = List.copyOf(marks);
        }

        /** Adds the marks to what is known of all partitions. */
        void addTo(Cut cut) {
            marks.forEach(mark -> cut.add(range.where().partition(), mark));
        }
    }

    /** Writes what there is, and begins anew behind it. */
    Taken take() {
        flush();
        long to = written();
        Taken taken =
                new Taken(
                        new ArchivedRange(where, from, to, segments),
                        marks.values().stream().flatMap(Deque::stream).toList());
        from = to;
        segments = new ArrayList<>();
        marks.clear();
        return taken;
    }
}
