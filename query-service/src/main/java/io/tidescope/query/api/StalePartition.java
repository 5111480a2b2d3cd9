package io.tidescope.query.api;

import io.tidescope.store.query.Standing;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A partition that a standby answered for.
 *
 * @param lagRecords records that it lacks, as far as anybody knows; null when nobody does, and for
 *     who may see some repositories only
 */
public record StalePartition(int partition, @Nullable Long lagRecords) {
    /** Those that a standby answered for, by partition. */
    public static List<StalePartition> listOf(Map<Integer, Standing> standings) {
        return standings.entrySet().stream()
                .filter(entry -> !entry.getValue().active())
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> of(entry.getKey(), entry.getValue().lag()))
                .toList();
    }

    private static StalePartition of(int partition, long lag) {
        return new StalePartition(partition, lag < 0 ? null : lag);
    }
}
