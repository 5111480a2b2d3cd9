package io.tidescope.ingest;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;

/**
 * How repositories are followed.
 *
 * @param poll how often refs are looked at when nobody pokes
 * @param fetchPoll the same for repositories whose origin is fetched first
 * @param longestRetry the longest pause after failures in a row; the first is {@code poll}
 * @param concurrentPublishes repositories published at the same time, and as many again whose
 *     publish takes long, such as a first import; the others wait
 */
public record IngestSettings(
        Duration poll,
        Duration fetchPoll,
        Duration longestRetry,
        int concurrentPublishes,
        PublishLimits limits) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    public static final IngestSettings DEFAULT =
            new IngestSettings(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    4,
                    PublishLimits.DEFAULT);

    public IngestSettings {
        require("poll", poll);
        require("fetchPoll", fetchPoll);
        require("longestRetry", longestRetry);
        if (concurrentPublishes < 1 || concurrentPublishes > 64) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    "concurrentPublishes must be 1 to 64, not " + concurrentPublishes);
        }
    }

    private static void require(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    name + " must be " + SHORTEST + " to " + LONGEST + ", not " + value);
        }
    }
}
