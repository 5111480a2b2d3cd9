package io.tidescope.query.admin;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The last problems that requests ended in, some of each severity: callers' mistakes, of which
 * there may be many, do not push out what is worse. Not safe for concurrent use.
 */
final class RecentErrors {
    static final int MOST_OF_SEVERITY = 256;

    private final Map<Severity, Ring<RecentError>> bySeverity = new EnumMap<>(Severity.class);

    void add(Severity severity, RecentError error) {
        bySeverity.computeIfAbsent(severity, unused -> new Ring<>(MOST_OF_SEVERITY)).add(error);
    }

    /** Those as bad as that or worse, newest first. */
    List<RecentError> list(Severity least, int limit) {
        return bySeverity.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(least) >= 0)
                .flatMap(entry -> entry.getValue().stream())
                .sorted(Comparator.comparing(RecentError::at).reversed())
                .limit(limit)
                .toList();
    }
}
