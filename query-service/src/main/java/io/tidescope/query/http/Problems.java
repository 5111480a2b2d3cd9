package io.tidescope.query.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.tidescope.query.api.ApiJson;
import io.tidescope.schemas.TideScopeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.Supplier;

/** Turns whatever a handler throws into a problem; what nobody expected is logged under an id. */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    /** Where the HTTP library says which methods a path has. */
    private static final String AVAILABLE_METHODS = "availableMethods";

    private final Supplier<UUID> ids;

    Problems(Supplier<UUID> ids) {
        this.ids = ids;
    }

    void addTo(RoutesConfig routes) {
        routes.exception(TideScopeException.class, this::expected);
        routes.exception(HttpResponseException.class, this::decidedByLibrary);
        routes.exception(UnfinishedRequestException.class, Problems::unfinished);
        routes.exception(IOException.class, Problems::clientGone);
        routes.exception(Exception.class, this::unexpected);
    }

    /** Answers with a problem, unless part of an answer is on its way already. */
    static void write(Context context, ProblemKind kind, Problem problem) {
        RequestMetrics.problem(context, kind, problem);
        if (context.res().isCommitted()) {
            return;
        }
        context.res().resetBuffer();
        context.status(kind.status());
        context.contentType(Problem.CONTENT_TYPE);
        if (kind.retriable()) {
            context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        try {
            ApiJson.write(context.res().getOutputStream(), problem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers that this has to be asked again shortly. */
    static void overloaded(Context context, String detail) {
        write(context, ProblemKind.OVERLOADED, ProblemKind.OVERLOADED.problem(detail, null));
    }

    /** Whoever asks may be there still, and what comes later is not waited for. */
    private static void unfinished(UnfinishedRequestException exception, Context context) {
        log.atDebug()
                .addKeyValue("path", context.path())
                .setCause(exception)
                .log("a request did not end");
        context.header("Connection", "close");
        write(
                context,
                ProblemKind.REQUEST_TIMEOUT,
                ProblemKind.REQUEST_TIMEOUT.problem(
                        "The body did not come, or came too slowly.", null));
    }

    private void expected(TideScopeException exception, Context context) {
        ProblemKind kind = ProblemKind.of(exception.code());
        switch (exception.code().category()) {
            case USER, RETRIABLE -> {
                String message = exception.getMessage() == null ? "" : exception.getMessage();
                write(context, kind, kind.problem(message, exception.parameter()));
            }
            case CORRUPTION, BUG -> writeLogged(exception, context, kind);
        }
    }

    private void decidedByLibrary(HttpResponseException exception, Context context) {
        ProblemKind kind = ProblemKind.ofStatus(exception.getStatus());
        String detail =
                switch (kind) {
                    case NOT_FOUND ->
                            "There is nothing at %s; /api/v1/openapi.json describes the API."
                                    .formatted(context.path());
                    case METHOD_NOT_ALLOWED ->
                            "%s is not allowed at %s.".formatted(context.method(), context.path());
                    case BODY_TOO_LARGE ->
                            "The body is larger than %s bytes."
                                    .formatted(
                                            exception
                                                    .getDetails()
                                                    .getOrDefault(
                                                            RequestBody.MOST,
                                                            Integer.toString(
                                                                    HttpSettings.MAX_BODY_BYTES)));
                    default -> "The request cannot be read.";
                };
        String allowed = exception.getDetails().get(AVAILABLE_METHODS);
        if (allowed != null) {
            context.header("Allow", allowed);
        }
        write(context, kind, kind.problem(detail, null));
    }

    /** Whoever asked does not read on, or sends no more: nobody is left to answer, or soon will. */
    private static void clientGone(IOException exception, Context context) {
        log.atDebug()
                .addKeyValue("path", context.path())
                .setCause(exception)
                .log("connection failed");
        if (!context.res().isCommitted()) {
            // The library would say that all went well.
            context.status(HttpStatus.REQUEST_TIMEOUT);
            context.header("Connection", "close");
        }
    }

    private void unexpected(Exception exception, Context context) {
        writeLogged(exception, context, ProblemKind.INTERNAL);
    }

    private void writeLogged(Exception exception, Context context, ProblemKind kind) {
        String id = ids.get().toString();
        log.atError()
                .addKeyValue("error_id", id)
                .addKeyValue("error_code", kind)
                .addKeyValue("path", context.path())
                .setCause(exception)
                .log("request failed");
        write(context, kind, kind.logged(id));
    }
}
