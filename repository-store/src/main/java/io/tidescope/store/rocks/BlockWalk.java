package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Goes over blocks of documents in the order of their keys: {@code repository NUL ref NUL block},
 * as they stand behind the name in a {@link PostingKey}.
 */
interface BlockWalk extends AutoCloseable {
    /**
     * Goes to the first block at a place or behind it, unless the walk stands at such a one
     * already: then it stays, as it never goes back.
     *
     * @return the key of the block it stands at then; null when there is none
     */
    byte @Nullable [] seek(byte[] place);

    /** The documents meant of the block that it stands at, at least one; not to be changed. */
    Slots slots();

    /** Has to be called before the view's end. */
    @Override
    void close();

    /** The place right behind a block, before all others. */
    static byte[] behind(byte[] block) {
        return Arrays.copyOf(block, block.length + 1);
    }
}
