package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** Goes over the blocks in which at least one of some walks means a document. */
final class EitherWalk implements BlockWalk {
    private final List<BlockWalk> walks;
    private byte @Nullable [] current;

    EitherWalk(List<BlockWalk> walks) {
        this.walks = walks;
    }

    @Override
    public byte @Nullable [] seek(byte[] place) {
        byte[] first = null;
        for (BlockWalk walk : walks) {
            byte[] found = walk.seek(place);
            if (found != null && (first == null || Arrays.compareUnsigned(found, first) < 0)) {
                first = found;
            }
        }
        current = first;
        return first;
    }

    @Override
    public Slots slots() {
        Slots slots = new Slots();
        for (BlockWalk walk : walks) {
            if (current != null && Arrays.equals(walk.seek(current), current)) {
                slots.addAll(walk.slots());
            }
        }
        return slots;
    }

    @Override
    public void close() {
        walks.forEach(BlockWalk::close);
    }
}
