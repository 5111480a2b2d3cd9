package io.tidescope.tree;

import java.util.Collection;

/**
 * Kinds of nodes as a set of bits: the bit of a kind is its ordinal.
 *
 * @param low the kinds of ordinals 0 to 63
 * @param high the kinds of ordinals 64 to 127
 */
public record KindSet(long low, long high) {
    public static final KindSet NONE = new KindSet(0, 0);
    public static final KindSet ALL = new KindSet(-1, -1);

    public static KindSet of(Collection<NodeKind> kinds) {
        long low = 0;
        long high = 0;
        for (NodeKind kind : kinds) {
            int ordinal = kind.ordinal();
            if (ordinal < Long.SIZE) {
                low |= 1L << ordinal;
            } else {
                high |= 1L << (ordinal - Long.SIZE);
            }
        }
        return new KindSet(low, high);
    }

    public boolean contains(NodeKind kind) {
        return contains(kind.ordinal());
    }

    boolean contains(int ordinal) {
        // A shift counts modulo 64.
        return ((ordinal < Long.SIZE ? low : high) >>> ordinal & 1) != 0;
    }

    /** Whether a kind is in both. */
    public boolean intersects(KindSet other) {
        return (low & other.low | high & other.high) != 0;
    }

    public KindSet and(KindSet other) {
        return new KindSet(low & other.low, high & other.high);
    }

    public KindSet or(KindSet other) {
        return new KindSet(low | other.low, high | other.high);
    }
}
