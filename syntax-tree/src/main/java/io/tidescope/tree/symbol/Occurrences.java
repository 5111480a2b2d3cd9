package io.tidescope.tree.symbol;

import java.util.Arrays;

/** The occurrences of a document, as columns: the name's number and the role, by the start. */
final class Occurrences {
    private static final OccurrenceRole[] ROLES = OccurrenceRole.values();
    private static final long LOW = 0xFFFF_FFFFL;

    /** In the order in which they were added: the number of the name, and of the role. */
    private int[] names = new int[256];

    private byte[] roles = new byte[256];

    /** The start in the upper half, which of them in the lower. */
    private long[] order = new long[256];

    private int size;
    private boolean sorted = true;

    void add(int name, OccurrenceRole role, int start) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            roles = Arrays.copyOf(roles, size * 2);
            order = Arrays.copyOf(order, size * 2);
        }
        names[size] = name;
        roles[size] = (byte) role.ordinal();
        order[size] = (long) start << Integer.SIZE | size;
        sorted &= size == 0 || start > start(size - 1);
        size++;
    }

    /** Brings them into the order of the source, the first one of each place. */
    void sort() {
        if (sorted) {
            return;
        }
        Arrays.sort(order, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || start(i) != start(kept - 1)) {
                order[kept++] = order[i];
            }
        }
        size = kept;
        sorted = true;
    }

    int size() {
        return size;
    }

    int name(int occurrence) {
        return names[added(occurrence)];
    }

    OccurrenceRole role(int occurrence) {
        return ROLES[roles[added(occurrence)]];
    }

    int start(int occurrence) {
        return (int) (order[occurrence] >>> Integer.SIZE);
    }

    private int added(int occurrence) {
        return (int) (order[occurrence] & LOW);
    }
}
