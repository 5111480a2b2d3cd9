package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidescope.query.admin.RequestJournal;
import io.tidescope.query.api.PartialAnswer;
import io.tidescope.query.request.Arguments;
import io.tidescope.schemas.ErrorCode;

import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * What the API counts: requests by endpoint, method and status, queries by type and outcome, errors
 * by type and severity. All times are in seconds.
 *
 * <p>No tag has a value of the caller's making: endpoints are the routes there are, and whatever is
 * at none of them is one more.
 */
final class RequestMetrics {
    private static final String UNROUTED = "none";
    private static final String OTHER_METHOD = "other";
    private static final double MILLIS = 1e3;

    /** Attributes of a request under way. */
    private static final String QUERY = "tidescope.query";

    private static final String OUTCOME = "tidescope.outcome";
    private static final String PROBLEM = "tidescope.problem";

    /** What it asked. */
    private static final String ARGUMENTS = "tidescope.arguments";

    /** The problem as it was told. */
    private static final String TOLD = "tidescope.told";

    /** What ended an answer that had begun. */
    private static final String CUT_OFF = "tidescope.cut-off";

    /** Upper ends of what durations are counted in; an answer is to take 10 seconds at most. */
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    /** What became of a query. */
    private enum Outcome {
        COMPLETE,
        /** The answer lacks something, and says so. */
        PARTIAL,
        /** It was the caller's mistake. */
        REJECTED,
        /** It asked for a revision that was not there in time, which may be a mistake. */
        NOT_INDEXED,
        /** It may be answered soon. */
        UNAVAILABLE,
        FAILED,
        /** Whoever asked did not wait for the end. */
        ABANDONED
    }

    private final Meter.MeterProvider<Counter> requests;
    private final Meter.MeterProvider<DistributionSummary> requestDuration;
    private final Meter.MeterProvider<Counter> queries;
    private final Meter.MeterProvider<DistributionSummary> queryDuration;
    private final Meter.MeterProvider<Counter> errors;
    private final MeterRegistry registry;
    private final RequestJournal journal;

    /**
     * @param endpoints that queries are asked at
     * @param journal is told of queries and problems
     */
    RequestMetrics(
            MeterRegistry registry,
            List<io.tidescope.query.api.Endpoint> endpoints,
            RequestJournal journal) {
        this.registry = registry;
        this.journal = journal;
        requests =
                Counter.builder("tide_scope_ast_requests")
                        .description("Requests that were answered")
                        .withRegistry(registry);
        requestDuration =
                DistributionSummary.builder("tide_scope_ast_request_duration")
                        .description("Seconds from a request to the last byte of its answer")
                        .serviceLevelObjectives(SECONDS)
                        .withRegistry(registry);
        queries =
                Counter.builder("tide_scope_ast_queries")
                        .description("Queries that were answered, wholly, partly or not")
                        .withRegistry(registry);
        queryDuration =
                DistributionSummary.builder("tide_scope_ast_query_duration")
                        .description("Seconds that a query took, found, merged and written")
                        .serviceLevelObjectives(SECONDS)
                        .withRegistry(registry);
        errors =
                Counter.builder("tide_scope_ast_errors")
                        .description("What went wrong, by type and severity")
                        .withRegistry(registry);
        // What never happened is zero, and not unknown.
        for (ProblemKind kind : ProblemKind.values()) {
            errors.withTags(error(kind));
        }
        for (io.tidescope.query.api.Endpoint endpoint : endpoints) {
            for (Outcome outcome : Outcome.values()) {
                queries.withTags(query(type(endpoint), outcome));
            }
        }
    }

    void watch(ServerConnector connector) {
        Gauge.builder(
                        "tide_scope_ast_active_connections",
                        connector,
                        each -> each.getConnectedEndPoints().size())
                .description("Connections that clients hold open")
                .register(registry);
    }

    /** A query is going to be answered. */
    static void begin(Context context, io.tidescope.query.api.Endpoint query) {
        context.attribute(QUERY, type(query));
    }

    /** That is what it asks. */
    static void asked(Context context, Arguments arguments) {
        context.attribute(ARGUMENTS, arguments);
    }

    /** It was answered. */
    static void end(Context context, Object answer) {
        if (!(answer instanceof PartialAnswer partial)) {
            context.attribute(OUTCOME, Outcome.COMPLETE);
            return;
        }
        context.attribute(OUTCOME, partial.complete() ? Outcome.COMPLETE : Outcome.PARTIAL);
        ErrorCode failure = partial.failure();
        if (failure != null) {
            context.attribute(CUT_OFF, ProblemKind.of(failure));
        }
    }

    /** A request is answered with a problem. */
    static void problem(Context context, ProblemKind kind, Problem told) {
        context.attribute(PROBLEM, kind);
        context.attribute(TOLD, told);
    }

    /** A request is over. */
    void count(Context context, float millis) {
        Endpoint routed = context.endpoints().matchedHttpEndpoint();
        String endpoint = routed == null ? UNROUTED : routed.path;
        if (routed != null) {
            RequestContext.routed(context.req(), routed.path);
        }
        String method =
                switch (context.method().name()) {
                    case "GET", "POST", "HEAD" -> context.method().name();
                    default -> OTHER_METHOD;
                };
        String status = Integer.toString(context.statusCode());
        requests.withTags("endpoint", endpoint, "method", method, "status", status).increment();
        requestDuration.withTags("endpoint", endpoint, "method", method).record(millis / MILLIS);
        ProblemKind problem = problem(context);
        if (problem != null) {
            fail(problem, endpoint, context.statusCode(), context.attribute(TOLD));
        }
        ProblemKind cutOff = context.attribute(CUT_OFF);
        if (cutOff != null) {
            fail(cutOff, endpoint, context.statusCode(), null);
        }
        String query = context.attribute(QUERY);
        if (query != null) {
            Outcome outcome = outcome(problem, context.attribute(OUTCOME));
            queries.withTags(query(query, outcome)).increment();
            queryDuration.withTag("query_type", query).record(millis / MILLIS);
            Arguments arguments = context.attribute(ARGUMENTS);
            if (arguments != null) {
                journal.answered(query, context.statusCode(), millis, arguments.given());
            }
        }
    }

    /**
     * @param told null when nobody was told
     */
    private void fail(ProblemKind kind, String endpoint, int status, @Nullable Problem told) {
        errors.withTags(error(kind)).increment();
        journal.failed(
                kind.severity(),
                kind.name(),
                endpoint,
                status,
                told == null ? null : told.detail(),
                told == null ? null : told.errorId());
    }

    private static @Nullable ProblemKind problem(Context context) {
        ProblemKind known = context.attribute(PROBLEM);
        // An error of the virtual machine goes past all who could say what it is.
        boolean unknown = known == null && context.statusCode() == ProblemKind.INTERNAL.status();
        return unknown ? ProblemKind.INTERNAL : known;
    }

    /** A request was refused before anybody could tell what it is. */
    void countUnreadable(ProblemKind kind) {
        String status = Integer.toString(kind.status());
        requests.withTags("endpoint", UNROUTED, "method", OTHER_METHOD, "status", status)
                .increment();
        fail(kind, UNROUTED, kind.status(), null);
    }

    /** A client was hung up on before its request was there. */
    void countHungUp() {
        errors.withTags(error(ProblemKind.REQUEST_TIMEOUT)).increment();
    }

    private static Outcome outcome(@Nullable ProblemKind problem, @Nullable Outcome answered) {
        if (problem == ProblemKind.REVISION_NOT_INDEXED) {
            return Outcome.NOT_INDEXED;
        }
        if (problem != null) {
            return switch (problem.severity()) {
                case INFO -> Outcome.REJECTED;
                case WARNING -> Outcome.UNAVAILABLE;
                case ERROR, CRITICAL -> Outcome.FAILED;
            };
        }
        return answered == null ? Outcome.ABANDONED : answered;
    }

    private static String type(io.tidescope.query.api.Endpoint endpoint) {
        return endpoint.path().substring(1);
    }

    private static Tags query(String type, Outcome outcome) {
        return Tags.of("query_type", type, "status", outcome.name().toLowerCase(Locale.ROOT));
    }

    private static Tags error(ProblemKind kind) {
        return Tags.of(
                "error_type",
                kind.name().toLowerCase(Locale.ROOT),
                "severity",
                kind.severity().name().toLowerCase(Locale.ROOT));
    }
}
