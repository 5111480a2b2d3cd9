package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** Goes over the documents that at least one of some walks comes by, each once. */
final class EitherWalk implements DocumentWalk {
    private final List<DocumentWalk> walks;

    EitherWalk(List<DocumentWalk> walks) {
        this.walks = walks;
    }

    @Override
    public byte @Nullable [] seek(byte[] place) {
        byte[] first = null;
        for (DocumentWalk walk : walks) {
            byte[] found = walk.seek(place);
            if (found != null && (first == null || Arrays.compareUnsigned(found, first) < 0)) {
                first = found;
            }
        }
        return first;
    }

    @Override
    public void close() {
        walks.forEach(DocumentWalk::close);
    }
}
