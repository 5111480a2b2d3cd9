package io.tidescope.recovery.restore;

/** The kinds of disaster that there are. */
enum Kind {
    MIXED("publishers, archivers, broker, clocks, objects"),
    DISKS_LOST("all disks of a site"),
    COMPACTION_RACE("compaction races the archiver");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** Half of all are mixed. */
    static Kind of(long seed) {
        return switch (Math.floorMod(seed, 4)) {
            case 2 -> COMPACTION_RACE;
            case 3 -> DISKS_LOST;
            default -> MIXED;
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
