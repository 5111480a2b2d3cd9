package io.tidescope.tree.index;

import io.tidescope.tree.ByteReader;
import io.tidescope.tree.ByteWriter;
import io.tidescope.tree.symbol.OccurrenceRole;

/**
 * The places of a name in a document.
 *
 * <p>Bytes: for each place in ascending order {@code (ROLES × (start - start of the place before) +
 * ordinal of the role) varint}, the first one's start counted from 0. ROLES is {@value #ROLES}.
 */
public final class OccurrencePosting {
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
        writer.varlong((long) ROLES * (start - startBefore) + role.ordinal());
    }

    /**
     * @param start where the posting begins in the bytes
     * @param end where it ends
     */
    public static OccurrencePosting read(byte[] bytes, int start, int end) {
        return new OccurrencePosting(new ByteReader(bytes, start, end));
    }

    /** Moves to the next place; false when there is none. */
    public boolean next() {
        if (!reader.hasMore()) {
            return false;
        }
        long code = reader.varlong();
        start += Math.toIntExact(code / ROLES);
        role = VALUES[(int) (code % ROLES)];
        return true;
    }

    public int start() {
        return start;
    }

    public OccurrenceRole role() {
        return role;
    }
}
