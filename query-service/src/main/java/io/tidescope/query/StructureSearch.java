package io.tidescope.query;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.SearchEffort;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.StructureHits;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;

/** Has all partitions searched for a structure, and merges what they found. */
final class StructureSearch {
    private static final Comparator<StructureHit> BY_PLACE =
            Comparator.comparing(StructureHit::place);

    /** The part of the time that is left for answering, and not for searching. */
    private static final int SPARE = 5;

    private static final String OUT_OF_TIME =
            "The search ran out of time before it came to its end; narrow it by repository, ref or"
                    + " paths.";

    private final Gateway gateway;

    StructureSearch(Gateway gateway) {
        this.gateway = gateway;
    }

    StructurePage ask(StructureQuestion question, PageRequest page, Deadline deadline) {
        Duration left = deadline.remaining();
        Answers<StructureHits> answers =
                gateway.ask(
                        new SearchStructure(
                                question.search(),
                                question.scope(),
                                question.paths(),
                                Places.structurePlace(page.after()),
                                question.countOnly() ? 0 : page.limit() + 1,
                                question.explain(),
                                Deadline.in(left.minus(left.dividedBy(SPARE))),
                                deadline));
        Collection<StructureHits> found = answers.byPartition().values();
        Page<StructureHit> merged =
                Page.merge(
                        found.stream().map(StructureHits::hits).toList(),
                        BY_PLACE,
                        page,
                        hit -> Places.parts(hit.place()),
                        answers.missing());
        SearchEffort effort =
                found.stream()
                        .map(StructureHits::effort)
                        .reduce(SearchEffort.NONE, SearchEffort::plus);
        return new StructurePage(
                merged,
                question.countOnly()
                        ? found.stream().mapToLong(StructureHits::count).sum()
                        : merged.items().size(),
                reason(found, question.countOnly() ? 1 : page.limit() + 1, effort),
                effort);
    }

    private static @Nullable String reason(
            Collection<StructureHits> found, int limit, SearchEffort effort) {
        if (found.stream().anyMatch(it -> !it.ended() && it.hits().size() < limit)) {
            return OUT_OF_TIME;
        }
        return effort.unreadable() == 0
                ? null
                : "Of the documents searched, %d have a syntax tree that cannot be read."
                        .formatted(effort.unreadable());
    }
}
