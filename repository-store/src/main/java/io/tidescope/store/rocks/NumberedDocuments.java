package io.tidescope.store.rocks;

import io.tidescope.store.query.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Goes over the documents that a walk over blocks means, ref by ref. */
final class NumberedDocuments implements DocumentWalk {
    private final BlockWalk blocks;
    private final View view;
    private final Deadline deadline;
    private @Nullable RefDocuments documents;
    private byte @Nullable [] current;
    private boolean ended;

    /**
     * @param blocks closed with this
     */
    NumberedDocuments(BlockWalk blocks, View view, Deadline deadline) {
        this.blocks = blocks;
        this.view = view;
        this.deadline = deadline;
    }

    @Override
    public byte @Nullable [] seek(byte[] place) {
        if (current != null && Arrays.compareUnsigned(current, place) >= 0) {
            return current;
        }
        current = null;
        while (!ended && current == null) {
            RefDocuments ofRef = documents;
            if (ofRef == null || Arrays.compareUnsigned(Keys.behind(ofRef.ref()), place) <= 0) {
                enter(refPlace(place));
            } else {
                current = ofRef.seek(place);
                if (current == null) {
                    enter(Keys.behind(ofRef.ref()));
                }
            }
        }
        return current;
    }

    /** Where the blocks of the ref begin that a place is in. */
    private static byte[] refPlace(byte[] place) {
        int repositoryEnd = Keys.partEnd(place, 0);
        int refEnd = Keys.partEnd(place, Math.min(repositoryEnd + 1, place.length));
        return refEnd < place.length ? Arrays.copyOf(place, refEnd + 1) : place;
    }

    /** Goes to the first ref at a place or behind it. */
    private void enter(byte[] place) {
        leave();
        byte[] block = blocks.seek(place);
        if (block == null) {
            ended = true;
            return;
        }
        byte[] ref = PostingKey.ref(block);
        NumberSet chosen = new NumberSet();
        while (block != null && Keys.beginsWith(block, ref)) {
            deadline.check();
            chosen.add(PostingKey.block(block), blocks.slots());
            block = blocks.seek(BlockWalk.behind(block));
        }
        documents = new RefDocuments(ref, chosen, view, deadline);
    }

    private void leave() {
        if (documents != null) {
            documents.close();
            documents = null;
        }
    }

    @Override
    public byte @Nullable [] entry() {
        return documents == null ? null : documents.entry();
    }

    @Override
    public void close() {
        leave();
        blocks.close();
    }
}
