package io.tidescope.recovery.restore;

/** How a disaster ended. */
enum Outcome {
    /** What was restored is what was promised. */
    RESTORED,
    /** It was refused, or the verification found it, and the reason was named. */
    NAMED,
    /** Neither. */
    VIOLATED
}
