package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.tidescope.query.api.Accepted;
import io.tidescope.query.api.ApiJson;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Body;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Answers an endpoint's requests, as long as not too many are being answered. */
final class QueryHandler implements Handler {
    private final Endpoint endpoint;
    private final RequestQueue requests;
    private final SlowReaders readers;

    /** Shares the queue with the other endpoints. */
    QueryHandler(Endpoint endpoint, RequestQueue requests, SlowReaders readers) {
        this.endpoint = endpoint;
        this.requests = requests;
        this.readers = readers;
    }

    @Override
    public void handle(Context context) throws IOException {
        RequestMetrics.begin(context, endpoint);
        String caller = Guard.caller(context).shareName(context.ip());
        switch (requests.enter(caller)) {
            case ENTERED -> answer(context, caller);
            case FULL ->
                    Problems.overloaded(
                            context,
                            "Too many requests are being answered now; ask again shortly.");
            case SHARE_TAKEN ->
                    Problems.write(
                            context,
                            ProblemKind.TOO_MANY_REQUESTS,
                            ProblemKind.TOO_MANY_REQUESTS.problem(
                                    "Too many of your requests are being answered now; ask again"
                                            + " when some have been.",
                                    null));
        }
    }

    private void answer(Context context, String caller) throws IOException {
        try {
            Arguments arguments = arguments(context);
            if (!endpoint.isAdmin()) {
                RequestMetrics.asked(context, arguments);
            }
            Object answer = endpoint.answer().to(arguments, Guard.caller(context).repositories());
            Object written = answer;
            if (answer instanceof Accepted(Object told)) {
                context.status(HttpStatus.ACCEPTED);
                written = told;
            }
            context.contentType("application/json");
            try (OutputStream out = readers.guard(context)) {
                ApiJson.write(out, written);
            }
            RequestMetrics.end(context, answer);
        } finally {
            requests.leave(caller);
        }
    }

    /** Administrators send files to try; others send rules, and there may be many of them. */
    private int mostBytes() {
        return endpoint.isAdmin() ? HttpSettings.MAX_BODY_BYTES : HttpSettings.MAX_QUESTION_BYTES;
    }

    private Arguments arguments(Context context) throws IOException {
        return switch (endpoint.input()) {
            case QUERY -> Arguments.read(endpoint.parameters(), context.queryParamMap());
            case BODY -> {
                Arguments.read(List.of(), context.queryParamMap());
                yield Body.read(
                        endpoint.parameters(),
                        context.contentType(),
                        RequestBody.read(context, mostBytes()));
            }
        };
    }
}
