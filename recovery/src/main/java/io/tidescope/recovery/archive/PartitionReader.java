package io.tidescope.recovery.archive;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;

/**
 * What a backup holds of a partition, record by record: each once, in its order, however its
 * segments overlap. A segment is checked before its first record is given. For one thread.
 */
public final class PartitionReader {
    private final Archive archive;
    private final Iterator<SegmentRef> segments;
    private final long end;
    private @Nullable SegmentReader reader;
    private long next;

    /**
     * @param where a partition that the backup may have nothing of
     */
    public PartitionReader(Archive archive, Chain chain, ArchivedPartition where) {
        this.archive = archive;
        segments = chain.segments(where).iterator();
        end = chain.end(where);
    }

    /**
     * The next record; null behind the last one.
     *
     * @throws io.tidescope.schemas.TideScopeException CORRUPT naming the object that is damaged or
     *     missing
     */
    public @Nullable ArchivedRecord next() {
        while (true) {
            SegmentReader open = reader;
            if (open == null) {
                if (!segments.hasNext()) {
                    return null;
                }
                reader = archive.open(segments.next());
                continue;
            }
            ArchivedRecord record = open.next();
            if (record == null) {
                reader = null;
            } else if (record.offset() >= next && record.offset() < end) {
                next = record.offset() + 1;
                return record;
            }
        }
    }
}
