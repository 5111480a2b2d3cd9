package io.tidescope.query.http;

import io.tidescope.query.admin.Severity;
import io.tidescope.schemas.ErrorCode;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The one table from what went wrong to its HTTP status. */
enum ProblemKind {
    INVALID_ARGUMENT(400, "Invalid argument"),
    BAD_REQUEST(400, "Bad request"),
    UNAUTHENTICATED(401, "Not authenticated"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    REQUEST_TIMEOUT(408, "Request timeout"),
    PRECONDITION_FAILED(412, "Precondition failed"),
    BODY_TOO_LARGE(413, "Body too large"),
    URI_TOO_LONG(414, "URI too long"),
    LIMIT_EXCEEDED(422, "Limit exceeded"),
    OVERLOADED(429, "Overloaded"),
    /** Of the caller alone. */
    TOO_MANY_REQUESTS(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "Headers too large"),
    INTERNAL(500, "Internal error"),
    CORRUPT(500, "Corrupt data"),
    /** A node of the store does not know what is asked. */
    UNSUPPORTED_VERSION(503, "Version too old"),
    UNAVAILABLE(503, "Unavailable"),
    REVISION_NOT_INDEXED(503, "Revision not indexed"),
    DEADLINE_EXCEEDED(504, "Deadline exceeded");

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    static ProblemKind of(ErrorCode code) {
        return switch (code) {
            case INVALID_ARGUMENT -> INVALID_ARGUMENT;
            case NOT_FOUND -> NOT_FOUND;
            case LIMIT_EXCEEDED -> LIMIT_EXCEEDED;
            case PRECONDITION_FAILED -> PRECONDITION_FAILED;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case REVISION_NOT_INDEXED -> REVISION_NOT_INDEXED;
            case UNAVAILABLE -> UNAVAILABLE;
            case OVERLOADED -> OVERLOADED;
            case DEADLINE_EXCEEDED -> DEADLINE_EXCEEDED;
            case CORRUPT -> CORRUPT;
            case UNSUPPORTED_VERSION -> UNSUPPORTED_VERSION;
            case INTERNAL -> INTERNAL;
        };
    }

    /** For a status the HTTP library decided on. */
    static ProblemKind ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 431 -> HEADERS_TOO_LARGE;
            case 429 -> OVERLOADED;
            case 503 -> UNAVAILABLE;
            case 500 -> INTERNAL;
            default -> BAD_REQUEST;
        };
    }

    int status() {
        return status;
    }

    Severity severity() {
        return switch (this) {
            case OVERLOADED,
                    TOO_MANY_REQUESTS,
                    UNAVAILABLE,
                    REVISION_NOT_INDEXED,
                    UNSUPPORTED_VERSION,
                    DEADLINE_EXCEEDED ->
                    Severity.WARNING;
            case INTERNAL -> Severity.ERROR;
            case CORRUPT -> Severity.CRITICAL;
            default -> Severity.INFO;
        };
    }

    /** Whether the same request may succeed shortly. */
    boolean retriable() {
        return status == OVERLOADED.status || status == UNAVAILABLE.status;
    }

    /** A problem of this kind; a parameter when one is at fault. */
    Problem problem(String detail, @Nullable String parameter) {
        return new Problem(type(), title, status, detail, name(), parameter, null);
    }

    /** A problem of this kind whose reason stands in the log only. */
    Problem logged(String errorId) {
        String detail = "The service failed; its log has the reason under this errorId.";
        return new Problem(type(), title, status, detail, name(), null, errorId);
    }

    private String type() {
        return "urn:tidescope:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
