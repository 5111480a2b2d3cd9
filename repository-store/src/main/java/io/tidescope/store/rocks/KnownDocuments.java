package io.tidescope.store.rocks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tidescope.schemas.DocumentKey;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What searches have read of the documents of one database and need again, kept for as long as it
 * is so: asking RocksDB costs more than searching most trees.
 *
 * <p>Writes are numbered. What is remembered carries the number of the write that it was read
 * after, and is forgotten before it is overwritten; so a view from after that write, or a later
 * one, may use whatever it still finds. One thread at a time writes, any number read.
 */
final class KnownDocuments {
    private static final int MOST = 16_384;

    /** The number of a view that was taken during a write: nobody can tell what it shows. */
    private static final long UNKNOWN = -1;

    private final Cache<Key, Known> documents =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** Two for each write that has ended, and one more while one is under way. */
    private final AtomicLong writes = new AtomicLong();

    private volatile @Nullable All all;

    private volatile @Nullable Shown shown;

    /**
     * How far a view is.
     *
     * @param view the number of the views that are as far
     */
    private record Shown(long view, Progress progress) {}

    /**
     * All documents.
     *
     * @param view the number of the views that have these
     * @param tooMany whether there are
     * @param documents null when nobody has asked twice, or there are too many
     */
    private record All(long view, boolean tooMany, @Nullable DocumentList documents) {}

    /**
     * A document.
     *
     * @param since the number of the write that it was read after
     */
    record Known(DocumentKey document, TreeContent content, long since) {}

    /** A stored key. */
    @SuppressWarnings("ArrayRecordComponent") // compared as its methods say
    private record Key(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /**
     * The number of the last write, which a view that is taken now shows if it is still the last.
     */
    long lastWrite() {
        return writes.get();
    }

    /**
     * The number of a view.
     *
     * @param before {@link #lastWrite} right before it was taken, by the thread that took it
     */
    long numberOfView(long before) {
        return before % 2 == 0 && writes.get() == before ? before : UNKNOWN;
    }

    /** What a view has under a key, if that is known. */
    @Nullable Known find(byte[] key, long view) {
        if (view == UNKNOWN) {
            return null;
        }
        Known known = documents.getIfPresent(new Key(key));
        return known != null && known.since() <= view ? known : null;
    }

    /** Keeps what was read in a view, unless something was written since. */
    void remember(byte[] key, DocumentKey document, TreeContent content, long view) {
        if (view != UNKNOWN && writes.get() == view) {
            Known known = new Known(document, content, view);
            // A write that begins now forgets it afterwards, as both change the same entry.
            documents
                    .asMap()
                    .compute(new Key(key), (same, before) -> writes.get() == view ? known : before);
        }
    }

    /**
     * All documents of a view, kept until something is written; null when there are too many, or
     * when a view of this number is asked for the first time: while much is written it is the last.
     *
     * @param read reads them, null for too many
     */
    @Nullable DocumentList all(long view, Supplier<@Nullable DocumentList> read) {
        if (view == UNKNOWN) {
            return null;
        }
        All known = all;
        if (known == null || known.view() != view) {
            all = new All(view, false, null);
            return null;
        }
        DocumentList documents = known.documents();
        if (documents == null && !known.tooMany()) {
            documents = read.get();
            all = new All(view, documents == null, documents);
        }
        return documents;
    }

    /** How far a view is, which is read once for all of a number. */
    Progress progress(long view, Supplier<Progress> read) {
        Shown known = shown;
        if (known != null && known.view() == view) {
            return known.progress();
        }
        Progress progress = read.get();
        if (view != UNKNOWN) {
            shown = new Shown(view, progress);
        }
        return progress;
    }

    /** Writes. What is written over is not known any more before anybody can see it. */
    void writing(Iterable<byte[]> keys, Runnable write) {
        writes.incrementAndGet();
        try {
            for (byte[] key : keys) {
                documents.invalidate(new Key(key));
            }
            write.run();
        } finally {
            writes.incrementAndGet();
        }
    }
}
