package io.tidescope.store.rocks;

import io.tidescope.tree.symbol.OccurrenceRole;

/**
 * The places of a name in a document.
 *
 * <p>Bytes: for each place in ascending order {@code (ROLES × (start - start of the place before) +
 * ordinal of the role) varint}, the first one's start counted from 0. ROLES is {@value #ROLES}.
 */
final class OccurrencePosting {
    /** More than there are roles, so that roles can be added. */
    static final int ROLES = 32;

    private static final OccurrenceRole[] VALUES = OccurrenceRole.values();

    private final ByteReader reader;
    private int start;
    private OccurrenceRole role = OccurrenceRole.DEFINITION;

    private OccurrencePosting(ByteReader reader) {
        this.reader = reader;
    }

    /** Writes one place; places come in ascending order. */
    static void write(ByteWriter writer, int startBefore, int start, OccurrenceRole role) {
        writer.varint((long) ROLES * (start - startBefore) + role.ordinal());
    }

    static OccurrencePosting read(byte[] bytes) {
        return new OccurrencePosting(new ByteReader(bytes));
    }

    /** Moves to the next place; false when there is none. */
    boolean next() {
        if (!reader.hasMore()) {
            return false;
        }
        long code = reader.varlong();
        start += Math.toIntExact(code / ROLES);
        role = VALUES[(int) (code % ROLES)];
        return true;
    }

    int start() {
        return start;
    }

    OccurrenceRole role() {
        return role;
    }
}
