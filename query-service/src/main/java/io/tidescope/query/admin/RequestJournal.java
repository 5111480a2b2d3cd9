package io.tidescope.query.admin;

import io.tidescope.query.request.Choice;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this process remembers of the requests that it answered since it started: bounded, and no
 * more of a question than its parameters, cut off. Safe for concurrent use.
 */
public final class RequestJournal {
    /** UTF-16 units of a parameter's value, or of a problem's detail. */
    static final int MAX_VALUE_LENGTH = 200;

    /** Of one length, so that texts have the order of the moments. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final InstantSource clock;
    private final SlowQueries slow = new SlowQueries();
    private final QueryPatterns patterns = new QueryPatterns();
    private final RecentErrors errors = new RecentErrors();

    public RequestJournal(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A query was answered, however it ended.
     *
     * @param endpoint its path below the API's root, without the slash
     * @param given texts by the names of the parameters that it gave
     */
    public void answered(String endpoint, int status, double millis, Map<String, String> given) {
        QueryShape shape = QueryShape.of(endpoint, given);
        synchronized (this) {
            patterns.ended(shape, millis);
            slow.ended(
                    millis, () -> new SlowQuery(now(), endpoint, status, millis, shortened(given)));
        }
    }

    /**
     * A request ended in a problem.
     *
     * @param route the path it came to; {@code none} when there is none
     * @param code the kind of problem
     * @param detail what the caller was told; null when it was told nothing
     * @param errorId what the log has it under; null when it has nothing
     */
    public void failed(
            Severity severity,
            String code,
            String route,
            int status,
            @Nullable String detail,
            @Nullable String errorId) {
        RecentError error =
                new RecentError(
                        now(),
                        Choice.label(severity),
                        code,
                        route,
                        status,
                        detail == null ? null : shortened(detail),
                        errorId);
        synchronized (this) {
            errors.add(severity, error);
        }
    }

    synchronized List<SlowQuery> slowQueries(int thresholdMillis, int limit) {
        return slow.list(thresholdMillis, limit);
    }

    synchronized List<QueryPattern> queryPatterns(PatternOrder order, int limit) {
        return patterns.list(order, limit);
    }

    synchronized List<RecentError> recentErrors(Severity least, int limit) {
        return errors.list(least, limit);
    }

    private String now() {
        return MILLIS.format(clock.instant());
    }

    private static Map<String, String> shortened(Map<String, String> given) {
        Map<String, String> kept = new TreeMap<>();
        given.forEach((name, value) -> kept.put(name, shortened(value)));
        return kept;
    }

    static String shortened(String text) {
        return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
    }
}
