package io.tidescope.store.rocks;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.Scope;

import org.rocksdb.RocksIterator;

import java.util.List;

/** Makes the walks over the documents of a scope that a {@link Lookup} names. */
final class Walks {
    private final View view;
    private final Scope scope;
    private final DefaultRefs defaultRefs;
    private final Deadline deadline;

    Walks(View view, Scope scope, DefaultRefs defaultRefs, Deadline deadline) {
        this.view = view;
        this.scope = scope;
        this.defaultRefs = defaultRefs;
        this.deadline = deadline;
    }

    DocumentWalk of(Lookup lookup) {
        if (lookup instanceof Lookup.Everything) {
            RocksIterator iterator = view.scan(Family.DOCUMENTS);
            return new AllDocuments(
                    iterator, ScopedKeys.ofDocuments(iterator, scope, defaultRefs, deadline));
        }
        return new NumberedDocuments(blocks(lookup), view, deadline);
    }

    private BlockWalk blocks(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Everything everything ->
                    throw new IllegalArgumentException("everything is in no posting");
            case Lookup.Posting posting -> {
                RocksIterator iterator = view.scan(posting.family());
                yield new PostingWalk(
                        iterator,
                        ScopedKeys.ofName(iterator, posting.name(), scope, defaultRefs, deadline));
            }
            case Lookup.Every every -> new CommonWalk(all(every.parts()), deadline);
            case Lookup.Either either -> new EitherWalk(all(either.parts()));
        };
    }

    private List<BlockWalk> all(List<Lookup> lookups) {
        return lookups.stream().map(this::blocks).toList();
    }
}
