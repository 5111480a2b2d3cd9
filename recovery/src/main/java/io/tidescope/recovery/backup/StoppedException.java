package io.tidescope.recovery.backup;

/** Thrown when a backup must not go on: its process ends, or another archiver has taken over. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoppedException() {
        super("the backup was stopped; another archiver, or the next start, makes it anew");
    }
}
