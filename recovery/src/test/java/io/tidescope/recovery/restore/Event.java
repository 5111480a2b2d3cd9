package io.tidescope.recovery.restore;

/** What may happen in a disaster. */
enum Event {
    PUSH("push"),
    PUSH_CUT_OFF("push cut off"),
    WRONG_CLOCK("publisher's clock wrong"),
    BROKER_RESTARTED("broker restarted"),
    BACKUP("backup"),
    BACKUP_REFUSED("backup refused, its reason named"),
    ARCHIVER_DIES_AT_A_WRITE("archiver dies at a write"),
    TWO_ARCHIVERS("two archivers at once"),
    ARCHIVER_WITH_A_WRONG_CLOCK("archiver's clock wrong"),
    ARCHIVER_KILLED("archiver killed, beside pushes"),
    DOCUMENT_MISSED("versions missed by a backup, named by the verification"),
    PARSER_STOPPED("parser stopped for longer than the history"),
    COMPACTED("documents compacted in the middle of a full backup"),
    DISKS_LOST("broker killed in a push, its disks lost"),
    OBJECT_LOST("object lost"),
    OBJECT_CUT_SHORT("object cut short"),
    OBJECT_BIT_FLIPPED("bit of an object flipped"),
    RESTORED_MOMENT("a moment restored, by its clocks"),
    RESTORE_STOPPED("restore stopped"),
    RESTORE_KILLED("restore killed");

    private final String label;

    Event(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
