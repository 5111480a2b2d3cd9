package io.tidescope.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for nodes of some kinds, eight at a time where there are few kinds. Immutable and safe to
 * share.
 */
public final class KindScan {
    /** Kinds that are compared one by one. */
    private static final int FEW = 2;

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

    private final boolean few;

    /** The first and the last kind, in each byte. */
    private final long first;

    private final long last;
    private final boolean[] wanted = new boolean[Byte.MAX_VALUE + 1];

    private KindScan(KindSet kinds) {
        int count = 0;
        int least = 0;
        int most = 0;
        for (int ordinal = Byte.MAX_VALUE; ordinal >= 0; ordinal--) {
            if (kinds.contains(ordinal)) {
                wanted[ordinal] = true;
                least = ordinal;
                most = count == 0 ? ordinal : most;
                count++;
            }
        }
        few = count > 0 && count <= FEW;
        first = least * ONES;
        last = most * ONES;
    }

    public static KindScan of(KindSet kinds) {
        return new KindScan(kinds);
    }

    /**
     * The index of the first from one on that is wanted; the size when there is none.
     *
     * @param kinds ordinals of kinds
     */
    int next(byte[] kinds, int size, int from) {
        int at = from;
        if (few) {
            for (; at <= size - Long.BYTES; at += Long.BYTES) {
                long eight = (long) EIGHT.get(kinds, at);
                long found = zeroes(eight ^ first) | zeroes(eight ^ last);
                if (found != 0) {
                    return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
                }
            }
        }
        while (at < size && !wanted[kinds[at]]) {
            at++;
        }
        return at;
    }

    /** The highest bit of the first byte that is zero, and perhaps of some behind it. */
    private static long zeroes(long eight) {
        return (eight - ONES) & ~eight & HIGHEST;
    }
}
