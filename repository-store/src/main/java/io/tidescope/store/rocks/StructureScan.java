package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.tree.MalformedTreeException;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Need;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Answers {@link SearchStructure}: the index names the documents that may match, and their trees
 * are searched one by one.
 */
final class StructureScan {
    /** Matches in one document, in the order of {@link StructurePlace}. */
    private static final Comparator<Match> BY_PLACE =
            Comparator.comparingInt(Match::start).thenComparingInt(Match::node);

    private final SearchStructure query;
    private final View view;
    private final DefaultRefs defaultRefs;
    private final Need need;
    private final List<StructureHit> hits = new ArrayList<>();
    private @Nullable StructurePlace reached;
    private long count;
    private long documents;
    private long candidates;
    private long trees;
    private long searched;
    private long unreadable;

    private StructureScan(SearchStructure query, View view, DefaultRefs defaultRefs) {
        this.query = query;
        this.view = view;
        this.defaultRefs = defaultRefs;
        need = query.search().need();
        reached = query.after();
    }

    static StructureHits answer(SearchStructure query, View view, DefaultRefs defaultRefs) {
        StructureScan scan = new StructureScan(query, view, defaultRefs);
        boolean inTime = inTime(scan::searchCandidates);
        if (query.explain() && inTime) {
            inTime(scan::countDocuments);
        }
        SearchEffort effort =
                new SearchEffort(
                        scan.documents,
                        scan.candidates,
                        scan.trees,
                        scan.searched,
                        scan.unreadable);
        return new StructureHits(
                scan.hits, scan.count, inTime && !scan.isFull(), scan.reached, effort);
    }

    /** Whether there was time enough. */
    private static boolean inTime(Runnable work) {
        try {
            work.run();
            return true;
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.DEADLINE_EXCEEDED) {
                return false;
            }
            throw e;
        }
    }

    private void searchCandidates() {
        try (CandidateDocuments documents = documents(Needs.names(need), firstDocument())) {
            DocumentKey document = documents.next();
            while (document != null && !isFull()) {
                query.until().check();
                if (query.paths().matches(document.path())) {
                    candidates++;
                    search(document);
                }
                reached = isFull() ? hits.getLast().place() : StructurePlace.behind(document);
                document = documents.next();
            }
        }
    }

    private void search(DocumentKey document) {
        byte[] key = document.toBytes();
        byte[] stored = view.find(Family.TREES, key);
        if (stored == null) {
            return;
        }
        byte[] source = view.find(Family.SOURCES, key);
        SyntaxTree tree = read(stored, source == null ? new byte[0] : source);
        if (tree != null && Needs.mayHold(need, tree)) {
            searched++;
            collect(document, source, query.search().find(tree, query.until()::check));
        }
    }

    /** The tree; null when nobody can read it. */
    private @Nullable SyntaxTree read(byte[] tree, byte[] source) {
        trees++;
        try {
            return SyntaxTree.read(ByteBuffer.wrap(tree), ByteBuffer.wrap(source));
        } catch (MalformedTreeException e) {
            unreadable++;
            return null;
        }
    }

    private void collect(DocumentKey document, byte @Nullable [] source, List<Match> matches) {
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
        if (query.countsOnly()) {
            count += behind.size();
            return;
        }
        SourceLines lines = SourceLines.of(source);
        for (Match match : behind) {
            if (isFull()) {
                return;
            }
            hits.add(StructureHit.of(document, match, lines));
            count++;
        }
    }

    private boolean isFull() {
        return !query.countsOnly() && hits.size() >= query.limit();
    }

    private void countDocuments() {
        try (CandidateDocuments all = documents(List.of(), null)) {
            while (all.next() != null) {
                documents++;
            }
        }
    }

    private CandidateDocuments documents(List<String> names, @Nullable DocumentKey from) {
        return new CandidateDocuments(names, view, query.scope(), defaultRefs, from, query.until());
    }

    private @Nullable DocumentKey firstDocument() {
        StructurePlace after = query.after();
        return after == null
                ? null
                : new DocumentKey(
                        after.start().repository(), after.start().ref(), after.start().path());
    }
}
