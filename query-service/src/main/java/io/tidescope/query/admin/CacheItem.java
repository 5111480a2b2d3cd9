package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.cache.CacheLevel;
import io.tidescope.store.query.NodeInspection.CacheUse;

import org.jspecify.annotations.Nullable;

/**
 * A cache, of this process or of a node of the store, as it is written.
 *
 * @param node null for this process
 * @param level as in the metrics' {@code cache_level}
 * @param entries how many it keeps, of a gateway's the questions; null when others keep them, or
 *     nobody counts
 * @param bytes about how much memory they take; null when others keep them
 * @param maxBytes how much they may take; null when others keep them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CacheItem(
        @Nullable String node,
        String level,
        long hits,
        long misses,
        @Nullable Long entries,
        @Nullable Long bytes,
        @Nullable Long maxBytes) {
    static CacheItem here(CacheLevel level) {
        return new CacheItem(
                null,
                level.level(),
                level.hits(),
                level.misses(),
                level.entries(),
                level.bytes(),
                level.maxBytes());
    }

    static CacheItem of(String node, CacheUse use) {
        return new CacheItem(
                node, use.name(), use.hits(), use.misses(), null, use.bytes(), use.maxBytes());
    }
}
