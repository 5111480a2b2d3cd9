package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;

/** Passes on what a forge tells. */
final class WebhookHandler implements Handler {
    static final String PATH = "/webhooks/{forge}";

    private final WebhookReceiver receiver;

    WebhookHandler(WebhookReceiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void handle(Context context) {
        receiver.receive(context.pathParam("forge"), context::header, context.bodyAsBytes());
        context.status(HttpStatus.ACCEPTED);
    }
}
