package io.tidescope.store.remote;

import java.time.Duration;

/**
 * What asking one node may take.
 *
 * @param connections to the node, each with one question under way
 * @param waiting questions that wait for a connection; those beyond are refused
 * @param connect how long a connection may take to be made, hello included
 * @param idle after which an unused connection is not used again; less than the server's
 */
public record ClientLimits(int connections, int waiting, Duration connect, Duration idle) {
    public static final ClientLimits DEFAULT =
            new ClientLimits(32, 256, Duration.ofSeconds(1), Duration.ofSeconds(60));
}
