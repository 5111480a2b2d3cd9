package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.ArchivedRange;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.Cut;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.Segment;
import io.tidescope.recovery.archive.SegmentBuilder;
import io.tidescope.recovery.archive.SegmentRef;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts what comes of a partition into segments; for one thread. */
final class PartitionCopy {
    private final ArchivedPartition where;
    private final Function<Segment, SegmentRef> archive;
    private long from;
    private List<SegmentRef> segments = new ArrayList<>();
    private List<Mark> marks = new ArrayList<>();
    private SegmentBuilder segment;

    /**
     * @param from where to begin
     * @param archive writes a segment
     */
    PartitionCopy(ArchivedPartition where, long from, Function<Segment, SegmentRef> archive) {
        this.where = where;
        this.archive = archive;
        this.from = from;
        segment = new SegmentBuilder(where, from);
    }

    void add(ArchivedRecord record, @Nullable Mark mark) {
        segment.add(record, mark);
        if (mark != null) {
            marks.add(mark);
        }
        if (segment.isFull()) {
            flush();
        }
    }

    /** There is nothing more before that offset. */
    void advance(long offset) {
        segment.advance(offset);
    }

    /** Offset that comes next. */
    long position() {
        return segment.to();
    }

    /** Writes what there is. */
    void flush() {
        if (!segment.isEmpty()) {
            segments.add(archive.apply(segment.build()));
            segment = new SegmentBuilder(where, segment.to());
        }
    }

    /**
     * What was put into segments since it was taken the last time, and is written then.
     *
     * @param range from where the last one ended
     * @param marks of the records in it
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
        long to = segments.isEmpty() ? from : segments.getLast().to();
        Taken taken = new Taken(new ArchivedRange(where, from, to, segments), marks);
        from = to;
        segments = new ArrayList<>();
        marks = new ArrayList<>();
        return taken;
    }
}
