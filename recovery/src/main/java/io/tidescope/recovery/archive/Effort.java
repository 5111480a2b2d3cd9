package io.tidescope.recovery.archive;

/** How hard it is tried to make a segment small. */
public enum Effort {
    /** While others import: what stays small enough, and costs the processors the least. */
    LITTLE(1),
    /** Now and then, and kept for long. */
    MUCH(12);

    private final int level;

    Effort(int level) {
        this.level = level;
    }

    /** Of zstd. */
    int level() {
        return level;
    }
}
