package io.tidescope.recovery.backup;

import java.time.Duration;

/**
 * When backups are made, and how long they are kept.
 *
 * @param interval from one backup to the next
 * @param fullEvery after which one stands on its own again
 * @param kept for how long every moment can be restored
 */
public record Schedule(Duration interval, Duration fullEvery, Duration kept) {
    public static final Duration DEFAULT_INTERVAL = Duration.ofHours(1);
    public static final Duration DEFAULT_FULL_EVERY = Duration.ofDays(7);
    public static final Duration DEFAULT_KEPT = Duration.ofDays(30);

    public static final Schedule DEFAULT =
            new Schedule(DEFAULT_INTERVAL, DEFAULT_FULL_EVERY, DEFAULT_KEPT);
}
