package io.tidescope.store.rocks;

import io.tidescope.store.query.PartitionStatistics;

import org.jspecify.annotations.Nullable;

/**
 * How far a store has come and what it holds then; written with every change.
 *
 * <p>Key: {@code "progress"}. Bytes: {@code position + 1 varint, documents varint,
 * documentsWithProblems varint, lines varint, sourceBytes varint, treeBytes varint, definitions
 * varint, occurrences varint}.
 *
 * @param position offset of the last record applied; -1 before the first
 */
record Progress(
        long position,
        long documents,
        long documentsWithProblems,
        long lines,
        long sourceBytes,
        long treeBytes,
        long definitions,
        long occurrences) {
    static final Progress NONE = new Progress(-1, 0, 0, 0, 0, 0, 0, 0);

    private static final byte[] KEY = {'p', 'r', 'o', 'g', 'r', 'e', 's', 's'};

    static Progress read(Database database) {
        byte[] bytes = database.find(Family.PROGRESS, KEY);
        return bytes == null ? NONE : read(bytes);
    }

    static Progress read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        Progress progress =
                new Progress(
                        reader.varlong() - 1,
                        reader.varlong(),
                        reader.varlong(),
                        reader.varlong(),
                        reader.varlong(),
                        reader.varlong(),
                        reader.varlong(),
                        reader.varlong());
        reader.end();
        return progress;
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter(48);
        writer.varint(position + 1).varint(documents).varint(documentsWithProblems).varint(lines);
        writer.varint(sourceBytes).varint(treeBytes).varint(definitions).varint(occurrences);
        return writer.toArray();
    }

    void put(Changes changes) {
        changes.put(Family.PROGRESS, KEY, toBytes());
    }

    Progress at(long offset) {
        return new Progress(
                offset,
                documents,
                documentsWithProblems,
                lines,
                sourceBytes,
                treeBytes,
                definitions,
                occurrences);
    }

    /** After one document took the place of another; null for none. */
    Progress replacing(@Nullable DocumentEntry old, @Nullable DocumentEntry next) {
        Progress progress = this;
        if (old != null) {
            progress = progress.counting(old, -1);
        }
        return next == null ? progress : progress.counting(next, 1);
    }

    private Progress counting(DocumentEntry entry, int times) {
        return new Progress(
                position,
                documents + times,
                documentsWithProblems + (entry.problems().isEmpty() ? 0 : times),
                lines + (long) times * entry.lines(),
                sourceBytes + (long) times * entry.sourceBytes(),
                treeBytes + (long) times * entry.treeBytes(),
                definitions + (long) times * entry.definitions(),
                occurrences + (long) times * entry.occurrences());
    }

    PartitionStatistics statistics() {
        return new PartitionStatistics(
                documents,
                documentsWithProblems,
                lines,
                sourceBytes,
                treeBytes,
                definitions,
                occurrences,
                position);
    }
}
