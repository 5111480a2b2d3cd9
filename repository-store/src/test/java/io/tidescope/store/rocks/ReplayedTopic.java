package io.tidescope.store.rocks;

import java.util.Iterator;
import java.util.List;

/** A topic that is read from its beginning, one record at a time. */
final class ReplayedTopic implements RecordReader {
    private final Iterator<StoreRecord> records;
    private long position;

    ReplayedTopic(List<StoreRecord> records) {
        this.records = records.iterator();
    }

    @Override
    public List<StoreRecord> next() {
        if (!records.hasNext()) {
            return List.of();
        }
        StoreRecord next = records.next();
        position = next.offset() + 1;
        return List.of(next);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void close() {}
}
