package io.tidescope.store.rocks;

import io.tidescope.store.query.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** Goes over the blocks in which all of some walks mean the same document. */
final class CommonWalk implements BlockWalk {
    private static final int LEAPS_PER_DEADLINE_CHECK = 64;

    private final List<BlockWalk> walks;
    private final Deadline deadline;
    private Slots slots = new Slots();
    private int leaps;

    CommonWalk(List<BlockWalk> walks, Deadline deadline) {
        this.walks = walks;
        this.deadline = deadline;
    }

    @Override
    public byte @Nullable [] seek(byte[] place) {
        byte[] block = agreed(place);
        while (block != null) {
            Slots meant = common();
            if (!meant.isEmpty()) {
                slots = meant;
                return block;
            }
            block = agreed(BlockWalk.behind(block));
        }
        return null;
    }

    /** The first block that all walks come by: each leaps to where another stands. */
    private byte @Nullable [] agreed(byte[] place) {
        byte[] wanted = walks.getFirst().seek(place);
        int agreed = 1;
        int at = 1;
        while (wanted != null && agreed < walks.size()) {
            if (++leaps % LEAPS_PER_DEADLINE_CHECK == 0) {
                deadline.check();
            }
            byte[] found = walks.get(at % walks.size()).seek(wanted);
            agreed = Arrays.equals(found, wanted) ? agreed + 1 : 1;
            wanted = found;
            at++;
        }
        return wanted;
    }

    private Slots common() {
        Slots common = new Slots();
        common.addAll(walks.getFirst().slots());
        for (BlockWalk walk : walks.subList(1, walks.size())) {
            if (common.isEmpty()) {
                break;
            }
            common.retainAll(walk.slots());
        }
        return common;
    }

    @Override
    public Slots slots() {
        return slots;
    }

    @Override
    public void close() {
        walks.forEach(BlockWalk::close);
    }
}
