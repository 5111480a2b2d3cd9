package io.tidescope.store.remote;

import com.fasterxml.jackson.databind.util.StdConverter;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.tree.match.Match;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A slice of a structural search as it travels: the source of a document once, however many hits
 * there are in it.
 */
record WireHits(
        List<byte[]> sources,
        List<Finding> found,
        boolean ended,
        @Nullable StructurePlace reached,
        SearchEffort effort) {
    /**
     * A hit, or how many there are in a document.
     *
     * @param match null when they were only counted
     * @param source number of the hit's source
     * @param matches how many were counted
     */
    record Finding(StructurePlace place, @Nullable Match match, int source, long matches) {}

    /** Packs a slice. */
    static final class Packing extends StdConverter<StructureHits, WireHits> {
        @Override
        public WireHits convert(StructureHits hits) {
            Map<SourceLines, Integer> numbers = new IdentityHashMap<>();
            List<byte[]> sources = new ArrayList<>();
            List<Finding> found = new ArrayList<>(hits.found().size());
            for (StructureFinding finding : hits.found()) {
                found.add(
                        switch (finding) {
                            case StructureHit hit -> {
                                Integer number = numbers.get(hit.lines());
                                if (number == null) {
                                    number = sources.size();
                                    numbers.put(hit.lines(), number);
                                    sources.add(hit.lines().source());
                                }
                                yield new Finding(hit.place(), hit.match(), number, 0);
                            }
                            case StructureCount count ->
                                    new Finding(count.place(), null, 0, count.matches());
                        });
            }
            return new WireHits(sources, found, hits.ended(), hits.reached(), hits.effort());
        }
    }

    /** Unpacks it. */
    static final class Unpacking extends StdConverter<WireHits, StructureHits> {
        @Override
        public StructureHits convert(WireHits packed) {
            List<SourceLines> lines = packed.sources().stream().map(SourceLines::of).toList();
            List<StructureFinding> found = new ArrayList<>(packed.found().size());
            DocumentKey document = null;
            for (Finding finding : packed.found()) {
                Match match = finding.match();
                // One object for all findings in a document.
                if (document == null || !finding.place().isIn(document)) {
                    document = finding.place().document();
                }
                found.add(
                        match == null
                                ? new StructureCount(document, finding.matches())
                                : new StructureHit(document, match, lines.get(finding.source())));
            }
            return new StructureHits(found, packed.ended(), packed.reached(), packed.effort());
        }
    }
}
