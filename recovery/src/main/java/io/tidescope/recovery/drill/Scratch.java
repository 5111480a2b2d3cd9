package io.tidescope.recovery.drill;

import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestoreTarget;

/** Where a drill restores to, and which is as if it had never been afterwards. */
public interface Scratch extends AutoCloseable {
    /**
     * Makes room for what is going to be restored; called once.
     *
     * @throws io.tidescope.schemas.TideScopeException PRECONDITION_FAILED when there is none, or
     *     there is something already; UNAVAILABLE
     */
    RestoreTarget open(RestorePlan plan) throws InterruptedException;

    /** Removes all that there is, however far it came; nothing that was there before. */
    @Override
    void close();
}
