package io.tidescope.store.rocks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.NodeInspection.CacheUse;

import org.jspecify.annotations.Nullable;

/**
 * Syntax trees that were searched, ready to be searched again, for all stores of a process: what is
 * searched often is neither read, nor checked, nor decoded again.
 *
 * <p>A tree is found by its document and fingerprint, so an old one is never taken for a new one
 * and nobody has to throw it out.
 */
public final class TreeCache {
    private final Cache<Key, SearchableTree> trees;

    /**
     * @param bytes about how much of the heap it takes at most; 0 for none
     */
    public TreeCache(long bytes) {
        trees =
                Caffeine.newBuilder()
                        .maximumWeight(bytes)
                        .weigher((Key key, SearchableTree tree) -> tree.bytes())
                        // What it throws out is nobody's work but the searcher's.
                        .executor(Runnable::run)
                        .recordStats()
                        .build();
    }

    private record Key(DocumentKey document, long fingerprint) {}

    @Nullable SearchableTree find(DocumentKey document, long fingerprint) {
        return trees.getIfPresent(new Key(document, fingerprint));
    }

    void put(DocumentKey document, long fingerprint, SearchableTree tree) {
        trees.put(new Key(document, fingerprint), tree);
    }

    /** What it holds and was good for. */
    public CacheUse use() {
        Policy.Eviction<?, ?> eviction = trees.policy().eviction().orElseThrow();
        return new CacheUse("trees", usedBytes(), eviction.getMaximum(), hits(), misses());
    }

    /** About how much of the heap it takes. */
    public long usedBytes() {
        return trees.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    public long hits() {
        return trees.stats().hitCount();
    }

    public long misses() {
        return trees.stats().missCount();
    }
}
