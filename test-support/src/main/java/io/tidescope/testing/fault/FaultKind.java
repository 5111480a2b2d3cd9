package io.tidescope.testing.fault;

/** The kinds of faults that a long run must have had at least ten times each. */
public enum FaultKind {
    KILL,
    KILL_BROKER,
    FREEZE,
    FREEZE_BROKER,
    CUT,
    STALL,
    SLOW,
    FULL_DISK,
    CORRUPT,
    TRUNCATE,
    LOSE_DISK,
    OUTLAST,
    REPLAY,
    POISON,
    CLOCK_JUMP
}
