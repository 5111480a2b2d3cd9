package io.tidescope.store.rocks;

import io.tidescope.store.query.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** Goes over the documents that all of some walks come by: each leaps to where another stands. */
final class CommonWalk implements DocumentWalk {
    private static final int LEAPS_PER_DEADLINE_CHECK = 64;

    private final List<DocumentWalk> walks;
    private final Deadline deadline;
    private int leaps;

    CommonWalk(List<DocumentWalk> walks, Deadline deadline) {
        this.walks = walks;
        this.deadline = deadline;
    }

    @Override
    public byte @Nullable [] seek(byte[] place) {
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

    @Override
    public void close() {
        walks.forEach(DocumentWalk::close);
    }
}
