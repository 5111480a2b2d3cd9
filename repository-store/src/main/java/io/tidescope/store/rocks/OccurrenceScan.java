package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.SourceLines;
import io.tidescope.tree.index.IndexedName;
import io.tidescope.tree.index.OccurrencePosting;

import org.rocksdb.RocksIterator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers {@link FindOccurrences}: postings in key order, lines from the documents' sources. */
final class OccurrenceScan {
    private final FindOccurrences query;
    private final View view;
    private final List<OccurrenceHit> hits = new ArrayList<>();

    private OccurrenceScan(FindOccurrences query, View view) {
        this.query = query;
        this.view = view;
    }

    static List<OccurrenceHit> answer(FindOccurrences query, View view, DefaultRefs defaultRefs) {
        if (!IndexedName.accepts(query.name())) {
            return List.of();
        }
        OccurrencePlace after = query.after();
        DocumentKey from =
                after == null
                        ? null
                        : new DocumentKey(after.repository(), after.ref(), after.path());
        OccurrenceScan scan = new OccurrenceScan(query, view);
        try (RocksIterator iterator = view.scan(Family.OCCURRENCES)) {
            ScopedKeys keys =
                    ScopedKeys.ofName(
                            iterator,
                            query.name().getBytes(StandardCharsets.UTF_8),
                            query.scope(),
                            defaultRefs,
                            query.deadline());
            try (PostedDocuments documents =
                    new PostedDocuments(keys, view, from, query.deadline())) {
                while (scan.hits.size() < query.limit() && documents.nextRef()) {
                    scan.collect(documents);
                }
            }
        }
        return scan.hits;
    }

    private void collect(PostedDocuments documents) {
        while (hits.size() < query.limit() && documents.next()) {
            Postings posting = documents.posting();
            collect(
                    documents.document(),
                    OccurrencePosting.read(posting.bytes(), posting.start(), posting.end()));
        }
    }

    private void collect(DocumentKey document, OccurrencePosting posting) {
        SourceLines lines = null;
        while (hits.size() < query.limit() && posting.next()) {
            if (!query.roles().isEmpty() && !query.roles().contains(posting.role())) {
                continue;
            }
            OccurrencePlace place =
                    new OccurrencePlace(
                            document.repository(),
                            document.ref(),
                            document.path(),
                            posting.start());
            OccurrencePlace after = query.after();
            if (after != null && place.compareTo(after) <= 0) {
                continue;
            }
            if (lines == null) {
                query.deadline().check();
                lines = SourceLines.of(view.find(Family.SOURCES, document.toBytes()));
            }
            hits.add(hit(place, posting, lines));
        }
    }

    private OccurrenceHit hit(OccurrencePlace place, OccurrencePosting posting, SourceLines lines) {
        int line = lines.index().line(posting.start());
        return new OccurrenceHit(
                place,
                posting.role(),
                line,
                lines.index().column(posting.start()),
                query.withText() ? lines.line(line, OccurrenceHit.MAX_TEXT) : null);
    }
}
