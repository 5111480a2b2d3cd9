package io.tidescope.recovery.restore;

/**
 * What a restore has written.
 *
 * @param changes records of {@code file-changes}
 * @param documents records of {@code documents}
 * @param failures records of {@code parse-failures}
 * @param bytes of their keys and values
 */
public record Restored(long changes, long documents, long failures, long bytes) {
    public static final Restored NOTHING = new Restored(0, 0, 0, 0);

    Restored plus(Restored other) {
        return new Restored(
                changes + other.changes,
                documents + other.documents,
                failures + other.failures,
                bytes + other.bytes);
    }
}
