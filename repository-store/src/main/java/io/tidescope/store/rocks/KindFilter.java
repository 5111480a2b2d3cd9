package io.tidescope.store.rocks;

import io.tidescope.tree.KindSet;
import io.tidescope.tree.match.Need;

import java.util.List;
import java.util.function.Predicate;

/** Tells by the kinds of a tree's nodes that a match cannot be in it. */
final class KindFilter {
    private KindFilter() {}

    /** Whether a tree with nodes of these kinds may hold what a match needs. */
    static Predicate<KindSet> of(Need need) {
        return switch (need) {
            case Need.Kind kind -> KindSet.of(kind.kinds())::intersects;
            case Need.All all -> {
                List<Predicate<KindSet>> parts = of(all.needs());
                yield kinds -> parts.stream().allMatch(part -> part.test(kinds));
            }
            case Need.Any any -> {
                List<Predicate<KindSet>> parts = of(any.needs());
                yield kinds -> parts.stream().anyMatch(part -> part.test(kinds));
            }
            case Need.Anything anything -> kinds -> true;
            case Need.Identifier identifier -> kinds -> true;
            case Need.Literal literal -> kinds -> true;
        };
    }

    private static List<Predicate<KindSet>> of(List<Need> needs) {
        return needs.stream().map(KindFilter::of).toList();
    }
}
