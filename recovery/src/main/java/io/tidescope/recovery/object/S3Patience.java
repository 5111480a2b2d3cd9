package io.tidescope.recovery.object;

import java.time.Duration;

/**
 * How long S3 is waited for.
 *
 * @param attempts of one call, the first one included; between them the pauses grow, to 20 s at
 *     most
 * @param silence how long a connection may take, and how long nothing may come over it
 * @param attempt the most that one attempt takes: what is large needs it on a slow line
 * @param call the most that a call takes with all its attempts and pauses
 */
record S3Patience(int attempts, Duration silence, Duration attempt, Duration call) {
    static final S3Patience DEFAULT =
            new S3Patience(
                    6, Duration.ofSeconds(20), Duration.ofMinutes(3), Duration.ofMinutes(10));
}
