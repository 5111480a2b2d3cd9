package io.tidescope.query.admin;

import io.tidescope.query.api.ApiParameters;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.WholeNumber;

import java.util.List;

/** What this process remembers of its requests. */
final class JournalEndpoints {
    private static final int MAX_THRESHOLD = 600_000;

    private static final Parameter<Integer> THRESHOLD =
            Parameter.defaulted(
                    "threshold", new WholeNumber(SlowQueries.LEAST_MILLIS, MAX_THRESHOLD), "500");
    private static final Parameter<PatternOrder> ORDER =
            Parameter.defaulted(
                    "order", Choice.of(PatternOrder.class), Choice.label(PatternOrder.COUNT));
    private static final Parameter<Severity> SEVERITY =
            Parameter.defaulted(
                    "severity", Choice.of(Severity.class), Choice.label(Severity.WARNING));

    private final RequestJournal journal;

    JournalEndpoints(RequestJournal journal) {
        this.journal = journal;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminQuery(
                        "slow-queries", List.of(THRESHOLD, ApiParameters.LIMIT), this::slowQueries),
                Endpoint.ofAdminQuery(
                        "query-patterns", List.of(ORDER, ApiParameters.LIMIT), this::queryPatterns),
                Endpoint.ofAdminQuery(
                        "recent-errors",
                        List.of(SEVERITY, ApiParameters.LIMIT),
                        this::recentErrors));
    }

    private Items<SlowQuery> slowQueries(Arguments arguments) {
        return new Items<>(
                journal.slowQueries(
                        arguments.read(THRESHOLD), arguments.read(ApiParameters.LIMIT)));
    }

    private Items<QueryPattern> queryPatterns(Arguments arguments) {
        return new Items<>(
                journal.queryPatterns(arguments.read(ORDER), arguments.read(ApiParameters.LIMIT)));
    }

    private Items<RecentError> recentErrors(Arguments arguments) {
        return new Items<>(
                journal.recentErrors(
                        arguments.read(SEVERITY), arguments.read(ApiParameters.LIMIT)));
    }
}
