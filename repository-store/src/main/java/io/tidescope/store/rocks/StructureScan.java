package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.tree.KindSet;
import io.tidescope.tree.MalformedTreeException;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Match;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers {@link SearchStructure}: the index names the documents that may match, and their trees
 * are searched one by one.
 */
final class StructureScan {
    /** UTF-16 units of text in the hits of one answer, about. */
    private static final int MAX_TEXT = 1 << 20;

    /** Bytes of sources that the hits of one answer are in, about: they hold them. */
    private static final int MAX_SOURCES = 8 << 20;

    private final SearchStructure query;
    private final View view;
    private final DefaultRefs defaultRefs;
    private final TreeCache cache;
    private final Lookup lookup;
    private final Predicate<KindSet> filter;
    private final Deadline until;
    private final List<StructureFinding> found = new ArrayList<>();
    private @Nullable StructurePlace reached;

    /** The last document that was searched to its end, since when nothing else was reached. */
    private @Nullable DocumentKey reachedBehind;

    private boolean ended;
    private long textLength;
    private long sources;
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
        try {
            scan.searchCandidates();
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.DEADLINE_EXCEEDED) {
                throw e;
            }
        }
        return new StructureHits(
                scan.found,
                scan.ended,
                scan.reached(),
                new SearchEffort(
                        scan.lookup.toString(),
                        scan.candidates,
                        scan.searched,
                        scan.trees,
                        scan.unreadable));
    }

    private void searchCandidates() {
        StructurePlace after = query.after();
        byte[] place = after == null ? new byte[0] : firstKey(after);
        DocumentList all = lookup instanceof Lookup.Everything ? view.all() : null;
        ended = all == null ? searchNamed(place) : searchAll(all, place);
    }

    /**
     * Searches all documents of the scope from a place on.
     *
     * @return whether it came to their end
     */
    private boolean searchAll(DocumentList all, byte[] place) {
        String repository = query.scope().repository();
        int at = all.indexOf(place);
        if (repository != null) {
            at = Math.max(at, all.indexOf((repository + '\0').getBytes(StandardCharsets.UTF_8)));
        }
        DocumentKey last = null;
        boolean inScope = false;
        for (; at < all.count(); at++) {
            DocumentList.Listed listed = all.get(at);
            DocumentKey document = listed.document();
            if (repository != null && !repository.equals(document.repository())) {
                return true;
            }
            if (last == null
                    || !last.ref().equals(document.ref())
                    || !last.repository().equals(document.repository())) {
                last = document;
                RefKey ref = new RefKey(document.repository(), document.ref());
                inScope = defaultRefs.covers(query.scope(), ref);
            }
            if (inScope && !searchedAndGoesOn(document, listed.key(), listed::content)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Searches the documents that the index names from a place on.
     *
     * @return whether it came to their end
     */
    private boolean searchNamed(byte[] place) {
        Walks walks = new Walks(view, query.scope(), defaultRefs, until);
        try (DocumentWalk walk = walks.of(lookup.orUnreadable())) {
            byte[] key = walk.seek(place);
            while (key != null) {
                byte[] found = key;
                KnownDocuments.Known known = view.known(found);
                DocumentKey document = known == null ? DocumentKey.read(found) : known.document();
                if (!searchedAndGoesOn(
                        document,
                        found,
                        () ->
                                known == null
                                        ? content(document, found, walk.entry())
                                        : known.content())) {
                    return false;
                }
                key = walk.seek(DocumentWalk.behind(key));
            }
        }
        return true;
    }

    /** Searches a document; false when the answer is full. */
    private boolean searchedAndGoesOn(
            DocumentKey document, byte[] key, Supplier<TreeContent> content) {
        until.check();
        StructurePlace after = query.after();
        if (query.paths().matches(document.path())) {
            boolean isNew = after == null || !after.isIn(document);
            search(document, key, content.get(), isNew ? null : after);
            candidates += isNew ? 1 : 0;
        }
        if (isFull()) {
            reached = found.getLast().place();
            reachedBehind = null;
            return false;
        }
        reachedBehind = document;
        return true;
    }

    /** The key of the document in which there may be matches behind a place. */
    private static byte[] firstKey(StructurePlace after) {
        DocumentKey document = after.document();
        byte[] key = document.toBytes();
        return after.equals(StructurePlace.behind(document)) ? DocumentWalk.behind(key) : key;
    }

    /**
     * What there is to search in a document, which is nothing when there is none.
     *
     * @param known its entry, if it is at hand
     */
    private TreeContent content(DocumentKey document, byte[] key, byte @Nullable [] known) {
        byte[] entry = known == null ? view.find(Family.DOCUMENTS, key) : known;
        if (entry == null) {
            return TreeContent.NONE;
        }
        TreeContent content = TreeContent.read(new ByteReader(entry));
        view.remember(key, document, content);
        return content;
    }

    /**
     * Searches a document, and counts it when that is done.
     *
     * @param after the place in it that it was searched to before; null when it was not
     */
    private void search(
            DocumentKey document, byte[] key, TreeContent content, @Nullable StructurePlace after) {
        if (content.equals(TreeContent.NONE) || !filter.test(content.kinds())) {
            return;
        }
        try {
            SearchableTree kept = tree(document, key, content.fingerprint(), after);
            SyntaxTree tree = kept.in(() -> view.findOrEmpty(Family.SOURCES, key));
            collect(document, kept, tree, after);
        } catch (MalformedTreeException e) {
            unreadable++;
        }
        searched += after == null ? 1 : 0;
    }

    /**
     * @throws MalformedTreeException when nobody can read it
     */
    private SearchableTree tree(
            DocumentKey document, byte[] key, long fingerprint, @Nullable StructurePlace after) {
        SearchableTree tree = cache.find(document, fingerprint);
        if (tree == null) {
            trees += after == null ? 1 : 0;
            tree = SearchableTree.read(view.findOrEmpty(Family.TREES, key));
            cache.put(document, fingerprint, tree);
        }
        return tree;
    }

    private void collect(
            DocumentKey document,
            SearchableTree kept,
            SyntaxTree tree,
            @Nullable StructurePlace after) {
        if (query.countOnly()) {
            long matches = query.search().count(tree, until::check);
            if (matches > 0) {
                found.add(new StructureCount(document, matches));
            }
            return;
        }
        List<Match> matches =
                query.search()
                        .findBehind(
                                tree,
                                after == null ? 0 : after.start().start(),
                                after == null ? -1 : after.node(),
                                query.limit() - found.size(),
                                until::check);
        if (!matches.isEmpty()) {
            sources += tree.sourceLength();
        }
        int line = 1;
        for (Match match : matches) {
            if (hasMuchText()) {
                return;
            }
            StructureHit hit = new StructureHit(document, match, kept.lines(tree));
            found.add(hit);
            line = hit.lines().index().line(match.start(), line);
            textLength += hit.textLength(line);
        }
    }

    private @Nullable StructurePlace reached() {
        DocumentKey document = reachedBehind;
        return document == null ? reached : StructurePlace.behind(document);
    }

    private boolean isFull() {
        return hasMuchText() || sources >= MAX_SOURCES;
    }

    private boolean hasMuchText() {
        return found.size() >= query.limit() || textLength >= MAX_TEXT;
    }
}
