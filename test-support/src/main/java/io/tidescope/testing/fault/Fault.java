package io.tidescope.testing.fault;

import java.time.Duration;

/** Something that goes wrong. */
public sealed interface Fault {
    /** The process is killed without a word, and started again after a while. */
    record Kill(Target target, Duration away) implements Fault {}

    /** The process stands still for a while (SIGSTOP, then SIGCONT) and never knows. */
    record Freeze(Target target, Duration duration) implements Fault {}

    /** Connections from one process to another are reset for a while. */
    record Cut(Target from, Target to, Duration duration) implements Fault {}

    /** Nothing gets from one process to another for a while, and nobody is told. */
    record Stall(Target from, Target to, Duration duration) implements Fault {}

    /** Everything between two processes is late for a while. */
    record Slow(Target from, Target to, Duration by, Duration duration) implements Fault {}

    /** A store's disk is full for a while. */
    record FullDisk(Target store, Duration duration) implements Fault {}

    /** Bytes of a store's tables are flipped while it is down. */
    record Corrupt(Target store) implements Fault {}

    /** A file of a store loses its end while it is down. */
    record Truncate(Target store) implements Fault {}

    /** A store's directory is lost. */
    record LoseDisk(Target store) implements Fault {}

    /** A store is away until what it missed is compacted, tombstones and all. */
    record Outlast(Target store) implements Fault {}

    /** Records that the parser has read once come to it again. */
    record Replay(int records) implements Fault {}

    /** Files that are hard or impossible to parse are pushed. */
    record Poison() implements Fault {}

    /** The clock of a process goes wrong for a while. */
    record ClockJump(Target target, Duration by, Duration duration) implements Fault {}
}
