package io.tidescope.query.cache;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Which Redis servers keep shared answers, and how patiently they are asked.
 *
 * @param nodes {@code host:port} of servers that know nothing of each other; keys are spread over
 *     them
 * @param password of all of them; null for none
 * @param tls whether connections are encrypted
 * @param timeout for an answer; a question waits no longer
 * @param pause after a failure, during which the server is not asked
 * @param keep after which a value is forgotten
 * @param valueBytes a larger value is not kept
 */
public record RedisSettings(
        List<String> nodes,
        @Nullable String password,
        boolean tls,
        Duration timeout,
        Duration pause,
        Duration keep,
        int valueBytes) {
    public RedisSettings {
        nodes = List.copyOf(nodes);
    }

    /** In the same network, without password and encryption. */
    public static RedisSettings of(List<String> nodes) {
        return new RedisSettings(
                nodes,
                null,
                false,
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                1 << 20);
    }

    @Override
    public String toString() {
        return "RedisSettings[nodes=%s, tls=%s, timeout=%s, pause=%s, keep=%s, valueBytes=%d]"
                .formatted(nodes, tls, timeout, pause, keep, valueBytes);
    }
}
