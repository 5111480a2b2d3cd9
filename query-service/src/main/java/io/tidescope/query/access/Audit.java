package io.tidescope.query.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;

/**
 * The log of who was refused and of what administrators did: one line each, under the logger {@code
 * tidescope.audit}; of many refusals {@linkplain RefusalLimit some}, and how many more there were.
 * Credentials are never in it. Safe for concurrent use.
 */
public final class Audit {
    private static final Logger log = LoggerFactory.getLogger("tidescope.audit");

    /** Longer ones are of no route, and of the caller's making. */
    private static final int MAX_ACTION = 200;

    private final RefusalLimit limit = new RefusalLimit();
    private final InstantSource clock;

    public Audit(InstantSource clock) {
        this.clock = clock;
    }

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
        long now = clock.millis();
        tellLeftOut(now);
        if (limit.admits(event.remote(), now)) {
            write(event, "refused", reason);
        }
    }

    /** An administrator's request was carried out. */
    public void done(Event event) {
        tellLeftOut(clock.millis());
        write(event, "done", "");
    }

    /** An administrator's request was allowed, and failed. */
    public void failed(Event event, String reason) {
        tellLeftOut(clock.millis());
        write(event, "failed", reason);
    }

    private void tellLeftOut(long now) {
        long leftOut = limit.takeLeftOut(now);
        if (leftOut > 0) {
            log.atWarn()
                    .addKeyValue("outcome", "refused")
                    .addKeyValue("left_out", leftOut)
                    .log("audit: as many refusals are not written here; metrics count all");
        }
    }

    private static void write(Event event, String outcome, String reason) {
        log.atInfo()
                .addKeyValue("caller", event.caller())
                .addKeyValue("action", shortened(event.action()))
                .addKeyValue("outcome", outcome)
                .addKeyValue("reason", reason)
                .addKeyValue("remote", event.remote())
                .addKeyValue("request_id", event.requestId())
                .log("audit");
    }

    private static String shortened(String action) {
        return action.length() <= MAX_ACTION ? action : action.substring(0, MAX_ACTION) + "…";
    }
}
