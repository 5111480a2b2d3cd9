package io.tidescope.app.fault;

import io.tidescope.testing.fault.Target;
import io.tidescope.testing.fault.Violation;

import java.util.ArrayList;
import java.util.List;

/**
 * The guarantee that every process still answers, and says that it can work, once all is well; and
 * that meanwhile no question is left without an end, which {@link Workload} looks at.
 */
final class NoNodeHangs {
    private NoNodeHangs() {}

    static List<Violation> check(FaultCluster cluster) {
        List<Violation> violations = new ArrayList<>();
        for (Target target : cluster.all()) {
            if (!cluster.process(target).isAlive()) {
                violations.add(violation(target + " does not run"));
            } else if (target.role() != Target.Role.BROKER && !cluster.health(target).isLive()) {
                violations.add(violation(target + " does not answer"));
            }
        }
        cluster.notReady(cluster.all())
                .forEach((target, why) -> violations.add(violation(target + " " + why)));
        return violations;
    }

    private static Violation violation(String what) {
        return Violation.of(NoNodeHangs.class, what);
    }
}
