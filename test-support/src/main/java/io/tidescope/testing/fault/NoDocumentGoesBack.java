package io.tidescope.testing.fault;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The guarantee of order per document, as a reader sees it: the version that an active node has
 * answered with is not followed by an older one, unless from a standby, which says that it is
 * behind. Safe for concurrent use.
 */
final class NoDocumentGoesBack {
    /** By file, the newest version that an answer which has ended had from an active node. */
    private final Map<Integer, Long> newest = new ConcurrentHashMap<>();

    /** By file, what was answered so far. */
    Map<Integer, Long> seen() {
        return Map.copyOf(newest);
    }

    /**
     * Looks at what an active node answered of one file.
     *
     * @param seen what had been answered when the question was asked
     */
    List<Violation> check(int file, Set<Long> versions, Map<Integer, Long> seen) {
        if (versions.size() != 1) {
            return List.of();
        }
        long version = versions.iterator().next();
        newest.merge(file, version, Math::max);
        long before = seen.getOrDefault(file, 0L);
        return version >= before
                ? List.of()
                : List.of(
                        Violation.of(
                                NoDocumentGoesBack.class,
                                "file %d has version %d again, after %d"
                                        .formatted(file, version, before)));
    }
}
