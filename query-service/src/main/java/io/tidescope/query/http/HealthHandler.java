package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Says that this process serves requests; whether the store answers, the status says. */
final class HealthHandler implements Handler {
    static final String PATH = "/health";

    @Override
    public void handle(Context context) {
        context.contentType("application/json").result("{\"status\":\"ok\"}");
    }
}
