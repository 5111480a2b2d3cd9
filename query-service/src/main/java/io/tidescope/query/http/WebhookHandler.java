package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.tidescope.query.access.Audit;
import io.tidescope.query.http.RequestQueue.Entry;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;

/** Passes on what a forge tells, as long as not too many tell something. */
final class WebhookHandler implements Handler {
    static final String PATH = "/webhooks/{forge}";

    private final WebhookReceiver receiver;
    private final Audit audit;
    private final RequestQueue webhooks;

    /**
     * @param webhooks of all forges together; one address has a share of it, for nobody knows
     *     before a body has come who sends it
     */
    WebhookHandler(WebhookReceiver receiver, Audit audit, RequestQueue webhooks) {
        this.receiver = receiver;
        this.audit = audit;
        this.webhooks = webhooks;
    }

    @Override
    public void handle(Context context) throws IOException {
        String sender = context.ip();
        if (webhooks.enter(sender) != Entry.ENTERED) {
            Problems.overloaded(context, "Too many webhooks come in now; send it again shortly.");
            return;
        }
        try {
            receiver.receive(
                    context.pathParam("forge"),
                    context::header,
                    RequestBody.read(context, HttpSettings.MAX_BODY_BYTES));
            context.status(HttpStatus.ACCEPTED);
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.UNAUTHENTICATED) {
                audit.refused(Guard.event(context, "-"), String.valueOf(e.getMessage()));
            }
            throw e;
        } finally {
            webhooks.leave(sender);
        }
    }
}
