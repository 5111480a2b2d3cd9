package io.tidescope.query.cache;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.DocumentSummary;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.SymbolHit;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** How many bytes of memory an answer takes, about. */
final class AnswerSize {
    /** An object with a few numbers in it. */
    private static final int OBJECT = 64;

    private AnswerSize() {}

    static int of(@Nullable Object answer) {
        long size =
                switch (answer) {
                    case null -> OBJECT;
                    case Optional<?> optional -> OBJECT + (long) of(optional.orElse(null));
                    case Collection<?> items -> sum(items);
                    case StructureHits hits -> sum(hits.found()) + sources(hits);
                    case StoredDocument document ->
                            8L * OBJECT
                                    + length(document.source())
                                    + length(document.tree())
                                    + (long) document.problems().size() * 2 * OBJECT;
                    case DocumentSummary summary ->
                            3L * OBJECT + text(summary.path()) + text(summary.blob());
                    case SymbolHit hit ->
                            4L * OBJECT
                                    + text(hit.rank().path())
                                    + text(hit.rank().repository())
                                    + text(hit.definition().signature())
                                    + text(hit.definition().container());
                    case OccurrenceHit hit -> 2L * OBJECT + place(hit.place()) + text(hit.text());
                    case StructureHit hit ->
                            3L * OBJECT
                                    + place(hit.document())
                                    + (long) hit.match().captures().size() * 4 * OBJECT;
                    case StructureCount count -> 2L * OBJECT + place(count.document());
                    case RevisionMarker marker -> 16L * OBJECT;
                    default -> OBJECT;
                };
        return (int) Math.min(Integer.MAX_VALUE, size);
    }

    private static long sum(Collection<?> items) {
        long sum = OBJECT;
        for (Object item : items) {
            sum += of(item);
        }
        return sum;
    }

    /** Hits hold the sources that they are in, whole, and those in one source hold it once. */
    private static long sources(StructureHits hits) {
        Set<SourceLines> sources = Collections.newSetFromMap(new IdentityHashMap<>());
        for (StructureFinding finding : hits.found()) {
            if (finding instanceof StructureHit hit) {
                sources.add(hit.lines());
            }
        }
        long size = 0;
        for (SourceLines lines : sources) {
            size +=
                    OBJECT
                            + lines.source().length
                            + (long) Integer.BYTES * lines.index().lineCount();
        }
        return size;
    }

    private static long place(OccurrencePlace place) {
        return OBJECT + text(place.repository()) + text(place.ref()) + text(place.path());
    }

    private static long place(DocumentKey document) {
        return OBJECT + text(document.repository()) + text(document.ref()) + text(document.path());
    }

    private static long text(@Nullable String text) {
        return text == null ? 0 : OBJECT / 2 + 2L * text.length();
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
