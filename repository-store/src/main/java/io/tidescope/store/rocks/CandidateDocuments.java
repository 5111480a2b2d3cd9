package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.Scope;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The documents of a scope in which all of some names occur, in their order: each name's postings
 * leap to where another's stand. Without a name it is all documents. Closed before its view.
 */
final class CandidateDocuments implements AutoCloseable {
    private static final int LEAPS_PER_DEADLINE_CHECK = 64;

    private final Scope scope;
    private final DefaultRefs defaultRefs;
    private final Deadline deadline;
    private final List<Walk> walks = new ArrayList<>();
    private @Nullable DocumentKey from;
    private boolean started;
    private int leaps;

    /**
     * @param from the first document that is wanted; null for the first of all
     */
    CandidateDocuments(
            Collection<String> names,
            View view,
            Scope scope,
            DefaultRefs defaultRefs,
            @Nullable DocumentKey from,
            Deadline deadline) {
        this.scope = scope;
        this.defaultRefs = defaultRefs;
        this.deadline = deadline;
        this.from = from;
        if (names.isEmpty()) {
            walks.add(new Walk(null, view.scan(Family.DOCUMENTS)));
        }
        for (String name : names) {
            walks.add(new Walk(name, view.scan(Family.OCCURRENCES)));
        }
    }

    /** The next document; null when there is none. */
    @Nullable DocumentKey next() {
        DocumentKey wanted = started ? walks.getFirst().next() : walks.getFirst().seek(from);
        started = true;
        int agreed = 1;
        int at = 1;
        while (wanted != null && agreed < walks.size()) {
            if (++leaps % LEAPS_PER_DEADLINE_CHECK == 0) {
                deadline.check();
            }
            DocumentKey found = walks.get(at % walks.size()).seek(wanted);
            if (found != null && found.equals(wanted)) {
                agreed++;
            } else {
                wanted = found;
                agreed = 1;
            }
            at++;
        }
        return wanted;
    }

    @Override
    public void close() {
        walks.forEach(walk -> walk.iterator.close());
    }

    /** Goes over the documents of a name, or over all. */
    private final class Walk {
        private final @Nullable String name;
        private final RocksIterator iterator;
        private @Nullable ScopedPostings postings;
        private @Nullable DocumentKey current;

        Walk(@Nullable String name, RocksIterator iterator) {
            this.name = name;
            this.iterator = iterator;
        }

        /** The first document at a place or behind it, which is never before the last one. */
        @Nullable DocumentKey seek(@Nullable DocumentKey place) {
            DocumentKey here = current;
            if (here != null && place != null && isAtOrBehind(here, place)) {
                return here;
            }
            postings =
                    name == null
                            ? ScopedPostings.documents(
                                    iterator, scope, defaultRefs, place, deadline)
                            : new ScopedPostings(
                                    iterator, name, scope, defaultRefs, place, deadline);
            return next();
        }

        @Nullable DocumentKey next() {
            ScopedPostings open = postings;
            current = open != null && open.next() ? open.document() : null;
            return current;
        }

        private static boolean isAtOrBehind(DocumentKey document, DocumentKey place) {
            return Arrays.compareUnsigned(document.toBytes(), place.toBytes()) >= 0;
        }
    }
}
