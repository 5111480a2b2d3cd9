package io.tidescope.query;

import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient.Answers;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Part of a list, merged from the partitions that answered.
 *
 * @param nextCursor where the next page starts; null on the last page
 * @param missing partitions whose items are not here, and why
 * @param standings where partitions stand whose items are here, as far as that is known
 */
public record Page<T>(
        List<T> items,
        @Nullable String nextCursor,
        Map<Integer, String> missing,
        Map<Integer, Standing> standings) {
    /**
     * Merges sorted answers of partitions, each of which was asked for one item more than the page
     * holds.
     *
     * @param place the parts of an item's place in the order, for the cursor
     */
    static <T> Page<T> merge(
            Answers<List<T>> answers,
            Comparator<? super T> order,
            PageRequest request,
            Function<T, List<String>> place) {
        List<T> all = new ArrayList<>();
        answers.byPartition().values().forEach(all::addAll);
        all.sort(order);
        if (all.size() <= request.limit()) {
            return new Page<>(List.copyOf(all), null, answers.missing(), answers.standings());
        }
        List<T> items = List.copyOf(all.subList(0, request.limit()));
        String next = Cursor.write(request.question(), place.apply(items.getLast()));
        return new Page<>(items, next, answers.missing(), answers.standings());
    }
}
