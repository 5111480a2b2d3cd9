package io.tidescope.store.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import java.util.Comparator;

/**
 * A place in the index, in the order of occurrence queries, which is that of the stored keys.
 *
 * @param start byte offset in the document's source
 */
public record OccurrencePlace(String repository, String ref, String path, int start)
        implements Comparable<OccurrencePlace> {
    private static final Comparator<OccurrencePlace> ORDER =
            Comparator.comparing(OccurrencePlace::repository, CODE_POINT_ORDER)
                    .thenComparing(OccurrencePlace::ref, CODE_POINT_ORDER)
                    .thenComparing(OccurrencePlace::path, CODE_POINT_ORDER)
                    .thenComparingInt(OccurrencePlace::start);

    @Override
    public int compareTo(OccurrencePlace other) {
        return ORDER.compare(this, other);
    }
}
