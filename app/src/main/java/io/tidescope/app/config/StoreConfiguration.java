package io.tidescope.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a store node runs.
 *
 * @param admin where health and metrics are served
 * @param listen where gateways ask
 * @param advertised where others reach it; port 0 when it is that of {@code listen}, not known yet
 * @param directory where the node keeps everything
 * @param treeCacheBytes -1 for a share of the heap
 */
public record StoreConfiguration(
        ClusterConfiguration cluster,
        URI registry,
        Address admin,
        String nodeId,
        Address listen,
        Address advertised,
        Path directory,
        int threads,
        int queryThreads,
        long nativeMemoryBytes,
        long treeCacheBytes,
        Duration sessionTimeout) {}
