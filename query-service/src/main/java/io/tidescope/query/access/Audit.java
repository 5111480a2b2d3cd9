package io.tidescope.query.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of who was refused and of what administrators did: one line each, under the logger {@code
 * tidescope.audit}. Credentials are never in it. Safe for concurrent use.
 */
public final class Audit {
    private static final Logger log = LoggerFactory.getLogger("tidescope.audit");

    /**
     * What happened.
     *
     * @param caller name of who asked; {@code -} when nobody knows
     * @param action what they asked for, as method and path
     * @param remote address that they asked from
     * @param requestId what the answer has it under
     */
    public record Event(String caller, String action, String remote, String requestId) {}

    /** A request was refused for want of a proof or a permission. */
    public void refused(Event event, String reason) {
        write(event, "refused", reason);
    }

    /** An administrator's request was carried out. */
    public void done(Event event) {
        write(event, "done", "");
    }

    /** An administrator's request was allowed, and failed. */
    public void failed(Event event, String reason) {
        write(event, "failed", reason);
    }

    private static void write(Event event, String outcome, String reason) {
        log.atInfo()
                .addKeyValue("caller", event.caller())
                .addKeyValue("action", event.action())
                .addKeyValue("outcome", outcome)
                .addKeyValue("reason", reason)
                .addKeyValue("remote", event.remote())
                .addKeyValue("request_id", event.requestId())
                .log("audit");
    }
}
