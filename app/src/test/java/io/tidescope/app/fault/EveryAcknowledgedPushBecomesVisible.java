package io.tidescope.app.fault;

import io.tidescope.testing.IndexClient;
import io.tidescope.testing.fault.Marks;
import io.tidescope.testing.fault.Violation;

import java.util.ArrayList;
import java.util.List;

/**
 * The guarantee that every commit git took, whatever went wrong at that moment, is an indexed
 * revision in the end.
 */
final class EveryAcknowledgedPushBecomesVisible {
    private EveryAcknowledgedPushBecomesVisible() {}

    /** To be called when the last of them is visible. */
    static List<Violation> check(IndexClient client, List<Marks.Push> pushes) {
        List<Violation> violations = new ArrayList<>();
        for (Marks.Push push : pushes) {
            if (!client.isIndexed(Workload.REPOSITORY, push.commit())) {
                violations.add(
                        Violation.of(
                                EveryAcknowledgedPushBecomesVisible.class,
                                push + " is not indexed"));
            }
        }
        return violations;
    }
}
