package io.tidescope.query;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Part of a list, merged from the partitions that answered.
 *
 * @param nextCursor where the next page starts; null on the last page
 * @param missing partitions whose items are not here, and why
 */
public record Page<T>(List<T> items, @Nullable String nextCursor, Map<Integer, String> missing) {
    /**
     * Merges sorted answers of partitions, each of which was asked for one item more than the page
     * holds.
     *
     * @param place the parts of an item's place in the order, for the cursor
     */
    static <T> Page<T> merge(
            Collection<List<T>> sorted,
            Comparator<? super T> order,
            PageRequest request,
            Function<T, List<String>> place,
            Map<Integer, String> missing) {
        List<T> all = new ArrayList<>();
        sorted.forEach(all::addAll);
        all.sort(order);
        if (all.size() <= request.limit()) {
            return new Page<>(List.copyOf(all), null, missing);
        }
        List<T> items = List.copyOf(all.subList(0, request.limit()));
        String next = Cursor.write(request.question(), place.apply(items.getLast()));
        return new Page<>(items, next, missing);
    }
}
