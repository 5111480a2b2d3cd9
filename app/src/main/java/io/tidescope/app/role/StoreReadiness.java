package io.tidescope.app.role;

import io.tidescope.store.PartitionStatus;
import io.tidescope.store.StoreHealth;
import io.tidescope.store.StoreNode;

import java.util.ArrayList;
import java.util.List;

/** Whether a store has what it is to have. */
public final class StoreReadiness {
    private StoreReadiness() {}

    /** What it lacks, in one line each; none when it answers for all it is to have. */
    public static List<String> reasons(StoreNode store) {
        List<String> reasons = new ArrayList<>();
        if (store.health() != StoreHealth.RUNNING) {
            reasons.add("partitions are being assigned");
        }
        for (PartitionStatus status : store.status()) {
            switch (status.state()) {
                case ACTIVE, STANDBY, ABSENT -> {}
                case RESTORING ->
                        reasons.add(
                                status.restoreEnd() < 0
                                        ? "partition %d is being opened"
                                                .formatted(status.partition())
                                        : "partition %d is being restored: record %d of %d"
                                                .formatted(
                                                        status.partition(),
                                                        status.position() + 1,
                                                        status.restoreEnd()));
            }
        }
        return reasons;
    }
}
