package io.tidescope.recovery.emergency;

import io.tidescope.schemas.TideScopeException;

import java.util.function.BooleanSupplier;

/** Whoever runs an emergency: how roles are ended and started, and who is told what is done. */
public interface Operator {
    /**
     * Ends the roles of the deployment, all but its registry, or begins to.
     *
     * @param allowed whether to go on; asked often
     * @throws TideScopeException when that failed; nothing is deleted then
     */
    void stopRoles(BooleanSupplier allowed) throws InterruptedException;

    /**
     * Starts them, and returns when they are of use.
     *
     * @param allowed whether to go on; asked often
     * @throws TideScopeException when that failed; the same emergency tries it again
     */
    void startRoles(BooleanSupplier allowed) throws InterruptedException;

    /** Hears of what is done. */
    void say(Step step, String what);
}
