package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * What a gateway keeps of answers.
 *
 * @param memoryBytes about what all answers take that it keeps itself; 0 keeps none
 * @param nodes Redis servers that keep answers for all gateways; none for no such level
 * @param password of the servers; null for none
 * @param tls whether connections to them are encrypted
 * @param timeout how long a question waits for them
 * @param keep after which they forget an answer
 */
public record CacheConfiguration(
        long memoryBytes,
        List<Address> nodes,
        @Nullable Secret password,
        boolean tls,
        Duration timeout,
        Duration keep) {
    public CacheConfiguration {
        nodes = List.copyOf(nodes);
    }

    /** Whether anything is kept. */
    public boolean isOn() {
        return memoryBytes > 0 || !nodes.isEmpty();
    }
}
