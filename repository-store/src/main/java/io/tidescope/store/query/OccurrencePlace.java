package io.tidescope.store.query;

import java.util.Comparator;

/**
 * A place in the index, in the order of occurrence queries.
 *
 * @param start byte offset in the document's source
 */
public record OccurrencePlace(String repository, String ref, String path, int start)
        implements Comparable<OccurrencePlace> {
    private static final Comparator<OccurrencePlace> ORDER =
            Comparator.comparing(OccurrencePlace::repository)
                    .thenComparing(OccurrencePlace::ref)
                    .thenComparing(OccurrencePlace::path)
                    .thenComparingInt(OccurrencePlace::start);

    @Override
    public int compareTo(OccurrencePlace other) {
        return ORDER.compare(this, other);
    }
}
