package io.tidescope.store.rocks;

import java.util.List;

/**
 * Reads the committed records of a partition of the topic, from where it begins. For one thread.
 */
public interface RecordReader extends AutoCloseable {
    /** The next records, in order; none when there were none for a moment. */
    List<StoreRecord> next();

    /** Offset of what is read next; there is no record between the last one and it. */
    long position();

    @Override
    void close();

    /** Opens them. */
    @FunctionalInterface
    interface Source {
        /**
         * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when the cluster does not
         *     answer
         */
        RecordReader open(int partition);
    }
}
