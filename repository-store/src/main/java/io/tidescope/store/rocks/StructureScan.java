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
    /** UTF-16 units of text in the hits of one answer, about. */
    private static final int MAX_TEXT = 1 << 20;

    /** Matches in one document, in the order of {@link StructurePlace}. */
    private static final Comparator<Match> BY_PLACE =
            Comparator.comparingInt(Match::start).thenComparingInt(Match::node);

    private final SearchStructure query;
    private final View view;
    private final DefaultRefs defaultRefs;
    private final Need need;
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

    private StructureScan(SearchStructure query, View view, DefaultRefs defaultRefs) {
        this.query = query;
        this.view = view;
        this.defaultRefs = defaultRefs;
        need = query.search().need();
        until = Deadline.in(query.time());
        reached = query.after();
    }

    static StructureHits answer(SearchStructure query, View view, DefaultRefs defaultRefs) {
        StructureScan scan = new StructureScan(query, view, defaultRefs);
        asLongAsThereIsTime(scan::searchCandidates);
        if (query.explain()) {
            asLongAsThereIsTime(scan::countDocuments);
        }
        SearchEffort effort =
                new SearchEffort(
                        scan.documents,
                        scan.candidates,
                        scan.trees,
                        scan.searched,
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
        try (CandidateDocuments documents = documents(Needs.names(need), firstDocument(), until)) {
            DocumentKey document = documents.next();
            while (document != null) {
                until.check();
                if (query.paths().matches(document.path())) {
                    candidates++;
                    search(document);
                }
                if (isFull()) {
                    reached = found.getLast().place();
                    return;
                }
                reached = StructurePlace.behind(document);
                document = documents.next();
            }
            ended = true;
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
            collect(document, source, query.search().find(tree, until::check));
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
        if (query.countOnly()) {
            if (!behind.isEmpty()) {
                found.add(new StructureCount(StructurePlace.behind(document), behind.size()));
            }
            return;
        }
        SourceLines lines = SourceLines.of(source);
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
        try (CandidateDocuments all = documents(List.of(), null, Deadline.in(query.time()))) {
            while (all.next() != null) {
                documents++;
            }
        }
    }

    private CandidateDocuments documents(
            List<String> names, @Nullable DocumentKey from, Deadline until) {
        return new CandidateDocuments(names, view, query.scope(), defaultRefs, from, until);
    }

    private @Nullable DocumentKey firstDocument() {
        StructurePlace after = query.after();
        return after == null
                ? null
                : new DocumentKey(
                        after.start().repository(), after.start().ref(), after.start().path());
    }
}
