package io.tidescope.recovery.emergency;

import org.jspecify.annotations.Nullable;

/**
 * A topic that an emergency deletes.
 *
 * @param id by which the cluster tells it from another one of this name
 * @param records that are in it; null when its partitions do not answer
 */
public record FoundTopic(String name, String id, @Nullable Long records) {}
