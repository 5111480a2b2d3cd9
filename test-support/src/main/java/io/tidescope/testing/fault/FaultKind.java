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
    CLOCK_JUMP;

    /** What kind a fault is of; those of brokers are kinds of their own. */
    public static FaultKind of(Fault fault) {
        return switch (fault) {
            case Fault.Kill kill -> isOfBroker(kill.target()) ? KILL_BROKER : KILL;
            case Fault.Freeze freeze -> isOfBroker(freeze.target()) ? FREEZE_BROKER : FREEZE;
            case Fault.Cut cut -> CUT;
            case Fault.Stall stall -> STALL;
            case Fault.Slow slow -> SLOW;
            case Fault.FullDisk full -> FULL_DISK;
            case Fault.Corrupt corrupt -> CORRUPT;
            case Fault.Truncate truncate -> TRUNCATE;
            case Fault.LoseDisk lose -> LOSE_DISK;
            case Fault.Outlast outlast -> OUTLAST;
            case Fault.Replay replay -> REPLAY;
            case Fault.Poison poison -> POISON;
            case Fault.ClockJump jump -> CLOCK_JUMP;
        };
    }

    private static boolean isOfBroker(Target target) {
        return target.role() == Target.Role.BROKER;
    }
}
