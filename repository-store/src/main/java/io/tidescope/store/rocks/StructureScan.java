package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.tree.KindSet;
import io.tidescope.tree.MalformedTreeException;
import io.tidescope.tree.match.Match;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Answers {@link SearchStructure}: the index names the documents that may match, and their trees
 * are searched one by one.
 */
final class StructureScan {
    /** UTF-16 units of text in the hits of one answer, about. */
    private static final int MAX_TEXT = 1 << 20;

    /** Matches in one document, in the order of {@link StructurePlace}. */
    private static final Comparator<Match> BY_PLACE =
            Comparator.comparingInt(Match::start).thenComparingInt(Match::node);

    private final SearchStructure query;
    private final View view;
    private final DefaultRefs defaultRefs;
    private final TreeCache cache;
    private final Lookup lookup;
    private final Predicate<KindSet> filter;
    private final Deadline until;
    private final List<StructureFinding> found = new ArrayList<>();
    private @Nullable StructurePlace reached;
    private boolean ended;
    private long textLength;
    private long documents;
    private long candidates;
    private long trees;
    private long searched;
    private long unreadable;

    private StructureScan(
            SearchStructure query, View view, DefaultRefs defaultRefs, TreeCache cache) {
        this.query = query;
        this.view = view;
        this.defaultRefs = defaultRefs;
        this.cache = cache;
        lookup = Lookup.of(query.search().need());
        filter = KindFilter.of(query.search().need());
        until = Deadline.in(query.time());
        reached = query.after();
    }

    static StructureHits answer(
            SearchStructure query, View view, DefaultRefs defaultRefs, TreeCache cache) {
        StructureScan scan = new StructureScan(query, view, defaultRefs, cache);
        asLongAsThereIsTime(scan::searchCandidates);
        if (query.explain()) {
            asLongAsThereIsTime(scan::countDocuments);
        }
        SearchEffort effort =
                new SearchEffort(
                        scan.lookup.toString(),
                        scan.documents,
                        scan.candidates,
                        scan.searched,
                        scan.trees,
                        scan.unreadable);
        return new StructureHits(scan.found, scan.ended, scan.reached, effort);
    }

    private static void asLongAsThereIsTime(Runnable work) {
        try {
            work.run();
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.DEADLINE_EXCEEDED) {
                throw e;
            }
        }
    }

    private void searchCandidates() {
        StructurePlace after = query.after();
        byte[] place = after == null ? new byte[0] : firstKey(after);
        try (DocumentWalk walk = walk(lookup.orUnreadable(), until)) {
            byte[] key = walk.seek(place);
            while (key != null) {
                until.check();
                DocumentKey document = DocumentKey.read(key);
                if (query.paths().matches(document.path())) {
                    candidates++;
                    search(document, key, walk.entry());
                }
                if (isFull()) {
                    reached = found.getLast().place();
                    return;
                }
                reached = StructurePlace.behind(document);
                key = walk.seek(DocumentWalk.behind(key));
            }
            ended = true;
        }
    }

    /** The key of the document in which there may be matches behind a place. */
    private static byte[] firstKey(StructurePlace after) {
        DocumentKey document = document(after);
        byte[] key = document.toBytes();
        return after.equals(StructurePlace.behind(document)) ? DocumentWalk.behind(key) : key;
    }

    private void search(DocumentKey document, byte[] key, byte @Nullable [] known) {
        byte[] entry = known == null ? view.find(Family.DOCUMENTS, key) : known;
        if (entry == null) {
            return;
        }
        TreeContent content = TreeContent.read(new ByteReader(entry));
        if (content.equals(TreeContent.NONE) || !filter.test(content.kinds())) {
            return;
        }
        searched++;
        SearchableTree tree = cache.find(document, content.fingerprint());
        if (tree == null) {
            trees++;
            tree = read(key);
            if (tree == null) {
                unreadable++;
                return;
            }
            cache.put(document, content.fingerprint(), tree);
        }
        collect(document, tree, query.search().find(tree.tree(), until::check));
    }

    /** The tree; null when nobody can read it. */
    private @Nullable SearchableTree read(byte[] key) {
        try {
            return SearchableTree.read(
                    orEmpty(view.find(Family.TREES, key)), orEmpty(view.find(Family.SOURCES, key)));
        } catch (MalformedTreeException e) {
            return null;
        }
    }

    private static byte[] orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    private void collect(DocumentKey document, SearchableTree tree, List<Match> matches) {
        if (matches.isEmpty()) {
            return;
        }
        StructurePlace after = query.after();
        List<Match> behind =
                matches.stream()
                        .filter(
                                match ->
                                        after == null
                                                || StructureHit.place(document, match)
                                                                .compareTo(after)
                                                        > 0)
                        .sorted(BY_PLACE)
                        .toList();
        if (query.countOnly()) {
            if (!behind.isEmpty()) {
                found.add(new StructureCount(StructurePlace.behind(document), behind.size()));
            }
            return;
        }
        SourceLines lines = tree.lines();
        for (Match match : behind) {
            if (isFull()) {
                return;
            }
            StructureHit hit = StructureHit.of(document, match, lines);
            found.add(hit);
            textLength += hit.textLength();
        }
    }

    private boolean isFull() {
        return found.size() >= query.limit() || textLength >= MAX_TEXT;
    }

    private void countDocuments() {
        try (DocumentWalk walk = walk(new Lookup.Everything(), Deadline.in(query.time()))) {
            byte[] key = walk.seek(new byte[0]);
            while (key != null) {
                documents++;
                key = walk.seek(DocumentWalk.behind(key));
            }
        }
    }

    private DocumentWalk walk(Lookup lookup, Deadline deadline) {
        return new Walks(view, query.scope(), defaultRefs, deadline).of(lookup);
    }

    private static DocumentKey document(StructurePlace place) {
        return new DocumentKey(
                place.start().repository(), place.start().ref(), place.start().path());
    }
}
