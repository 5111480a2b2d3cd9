package io.tidescope.store;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.rocks.NativeMemory;

import java.nio.file.Path;

/**
 * How a store node runs.
 *
 * @param stateDirectory where its partitions are kept; one node at a time uses it
 * @param nodeId names the node in the cluster, the same after every restart; letters, digits, dots,
 *     dashes and underscores
 * @param threads threads that apply records, of as many partitions side by side
 * @param queryThreads threads that scan partitions for one or more queries
 * @param nativeMemoryBytes bound of block cache and write buffers together
 * @param treeCacheBytes about how much of the heap syntax trees take that were searched lately
 * @param group how it shares partitions with other nodes
 */
public record StoreSettings(
        Path stateDirectory,
        String nodeId,
        int threads,
        int queryThreads,
        long nativeMemoryBytes,
        long treeCacheBytes,
        GroupSettings group) {
    public static final long DEFAULT_NATIVE_MEMORY_BYTES = 384L << 20;
    private static final int TREE_CACHE_SHARE = 5;
    private static final int MAX_THREADS = 256;

    public StoreSettings {
        if (!nodeId.matches("[A-Za-z0-9._-]{1,100}")) {
            throw TideScopeException.invalid(
                    "nodeId",
                    "node id \"%s\" must be 1 to 100 letters, digits, dots, dashes or underscores"
                            .formatted(nodeId));
        }
        requireThreads("threads", threads);
        requireThreads("queryThreads", queryThreads);
        if (nativeMemoryBytes < NativeMemory.MIN_BYTES) {
            throw TideScopeException.invalid(
                    "nativeMemoryBytes",
                    "native memory must be at least %d bytes, not %d"
                            .formatted(NativeMemory.MIN_BYTES, nativeMemoryBytes));
        }
        if (treeCacheBytes < 0) {
            throw TideScopeException.invalid(
                    "treeCacheBytes",
                    "the cache of trees must not be negative, not " + treeCacheBytes);
        }
    }

    /** A node alone: two threads to apply and two to scan, a fifth of the heap. */
    public static StoreSettings of(Path stateDirectory, String nodeId) {
        return new StoreSettings(
                stateDirectory,
                nodeId,
                2,
                2,
                DEFAULT_NATIVE_MEMORY_BYTES,
                Runtime.getRuntime().maxMemory() / TREE_CACHE_SHARE,
                GroupSettings.ALONE);
    }

    private static void requireThreads(String parameter, int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s must be 1 to %d, not %d".formatted(parameter, MAX_THREADS, threads));
        }
    }
}
