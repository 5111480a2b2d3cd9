package io.tidescope.query.cache;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * What a level of a cache holds and was good for since the process started.
 *
 * @param level as in the metrics' {@code cache_level}
 * @param entries questions that it keeps answers to; null when others keep them
 * @param bytes about how much memory they take; null when others keep them
 * @param maxBytes how much they may take; null when others keep them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CacheLevel(
        String level,
        long hits,
        long misses,
        @Nullable Long entries,
        @Nullable Long bytes,
        @Nullable Long maxBytes) {}
