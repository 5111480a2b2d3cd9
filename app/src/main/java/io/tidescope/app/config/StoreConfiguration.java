package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

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
 * @param standbys nodes that follow each partition beside the one that has it
 * @param tls null for plain connections
 * @param rack where the node stands; null when no node says where it is
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
        Duration sessionTimeout,
        Duration commitInterval,
        int standbys,
        @Nullable NodeTls tls,
        @Nullable String rack) {}
