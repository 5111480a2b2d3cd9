package io.tidescope.store.rocks;

/** Which documents of a block are meant: a set of their places in it, as bits. */
final class Slots {
    private final long[] bits = new long[DocumentNumber.BLOCK / Long.SIZE];

    void add(int slot) {
        bits[slot >>> 6] |= 1L << slot;
    }

    void addAll(Slots others) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= others.bits[i];
        }
    }

    void retainAll(Slots others) {
        for (int i = 0; i < bits.length; i++) {
            bits[i] &= others.bits[i];
        }
    }

    boolean contains(int slot) {
        return (bits[slot >>> 6] >>> slot & 1) != 0;
    }

    int size() {
        int size = 0;
        for (long word : bits) {
            size += Long.bitCount(word);
        }
        return size;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** The first slot from one on; negative when there is none. */
    int next(int from) {
        for (int slot = from; slot < DocumentNumber.BLOCK; ) {
            long rest = bits[slot >>> 6] >>> slot;
            if (rest != 0) {
                return slot + Long.numberOfTrailingZeros(rest);
            }
            slot = (slot | Long.SIZE - 1) + 1;
        }
        return -1;
    }
}
