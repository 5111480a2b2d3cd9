package io.tidescope.query.admin;

/** Makes the index anew from the log, beside the one that answers. Safe for concurrent use. */
public interface ReplayControl {
    /**
     * Begins a replay and returns at once.
     *
     * @param from where it begins: {@code beginning}, a time, or offsets of the log
     * @return how it stands
     * @throws io.tidescope.schemas.TideScopeException INVALID_ARGUMENT about {@code from},
     *     PRECONDITION_FAILED when another one goes on, or none can be made here
     */
    ReplayStatus begin(String from);

    /** How the last one stands. */
    ReplayStatus status();
}
