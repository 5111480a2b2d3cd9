package io.tidescope.query.http;

import io.tidescope.query.api.ApiJson;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Answers requests that the server cannot read far enough to route them. */
final class UnreadableRequests extends ErrorHandler {
    private final RequestMetrics metrics;

    UnreadableRequests(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback)
            throws IOException {
        ProblemKind kind = ProblemKind.ofStatus(status);
        String detail =
                switch (kind) {
                    case URI_TOO_LONG, HEADERS_TOO_LARGE ->
                            "Request line and headers are larger than %d bytes."
                                    .formatted(HttpSettings.MAX_HEADER_BYTES);
                    default -> "The request cannot be read.";
                };
        metrics.countUnreadable(kind);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ApiJson.write(json, kind.problem(detail, null));
        response.setStatus(kind.status());
        SecurityHeaders.addTo(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(json.toByteArray()), callback);
    }
}
