package io.tidescope.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.request.Choice;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Task;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What is done to a replica, or was done last, as it is written.
 *
 * @param task as the endpoint is called that began it; left out when there was none
 * @param began as ISO 8601 in UTC; left out when there was none
 * @param ended left out before
 * @param bytesAfter left out before the end
 * @param failure left out when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MaintenanceItem(
        String node,
        int partition,
        @Nullable String task,
        String phase,
        long done,
        long total,
        long bytesBefore,
        @Nullable Long bytesAfter,
        @Nullable String began,
        @Nullable String ended,
        @Nullable String failure) {
    static final String COMPACT = "gc";
    static final String REBUILD = "rebuild-index";

    static MaintenanceItem of(String node, int partition, Maintenance maintenance) {
        return new MaintenanceItem(
                node,
                partition,
                name(maintenance.task()),
                Choice.label(maintenance.phase()),
                maintenance.done(),
                maintenance.total(),
                maintenance.bytesBefore(),
                maintenance.ended() == 0 ? null : maintenance.bytesAfter(),
                time(maintenance.began()),
                time(maintenance.ended()),
                maintenance.failure());
    }

    private static @Nullable String name(@Nullable Task task) {
        return switch (task) {
            case null -> null;
            case COMPACT -> COMPACT;
            case REBUILD -> REBUILD;
        };
    }

    private static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
