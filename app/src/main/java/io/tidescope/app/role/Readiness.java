package io.tidescope.app.role;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Whether a process does what it is there for, and if not, why. Safe for concurrent use. */
public final class Readiness {
    private final List<Supplier<List<String>>> conditions = new CopyOnWriteArrayList<>();
    private volatile boolean started;
    private volatile String starting = "starting";

    /**
     * Adds a condition.
     *
     * @param reasons why it is not met, in one line each; none when it is
     */
    public void require(Supplier<List<String>> reasons) {
        conditions.add(reasons);
    }

    /** It cannot be started yet. */
    void waiting(String why) {
        starting = "waiting to start: " + why;
    }

    void started() {
        started = true;
    }

    /** Why the process is not ready; empty when it is. */
    public List<String> reasons() {
        if (!started) {
            return List.of(starting);
        }
        List<String> reasons = new ArrayList<>();
        conditions.forEach(condition -> reasons.addAll(condition.get()));
        return reasons;
    }
}
