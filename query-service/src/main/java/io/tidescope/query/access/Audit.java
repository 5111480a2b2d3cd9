package io.tidescope.query.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The log of who was refused and of what administrators did: one line each, under the logger {@code
 * tidescope.audit}; of many refusals {@linkplain RefusalLimit some}, and how many more there were;
 * of a look that is repeated, as that of a page that stays open, one in ten minutes. Credentials
 * are never in it. Safe for concurrent use.
 */
public final class Audit {
    private static final Logger log = LoggerFactory.getLogger("tidescope.audit");

    /** Longer ones are of no route, and of the caller's making. */
    private static final int MAX_ACTION = 200;

    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final int MAX_LOOKS = 1_000;

    private final RefusalLimit limit = new RefusalLimit();
    private final Cache<Look, Boolean> looks;
    private final InstantSource clock;

    public Audit(InstantSource clock) {
        this.clock = clock;
        looks =
                Caffeine.newBuilder()
                        .expireAfterWrite(LOOK)
                        .maximumSize(MAX_LOOKS)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    /** What repeats itself. */
    private record Look(String caller, String action, String remote, String reason) {}

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

    /**
     * An administrator's request was carried out, or was allowed and failed.
     *
     * @param looks whether it changes nothing
     * @param failure null when it was carried out
     */
    public void administered(Event event, boolean looks, @Nullable String failure) {
        tellLeftOut(clock.millis());
        String reason = failure == null ? "" : failure;
        if (looks && isRepeated(event, reason)) {
            return;
        }
        write(event, failure == null ? "done" : "failed", reason);
    }

    private boolean isRepeated(Event event, String reason) {
        Look look = new Look(event.caller(), event.action(), event.remote(), reason);
        return looks.asMap().putIfAbsent(look, true) != null;
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
