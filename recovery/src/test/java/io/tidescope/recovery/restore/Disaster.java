package io.tidescope.recovery.restore;

/** A kind of disaster. */
interface Disaster {
    /**
     * Lets it happen, and recovers from it.
     *
     * @return how it ended
     * @throws AssertionError when something was restored that is not what was promised, or a reason
     *     was not named
     */
    Outcome run() throws Exception;
}
