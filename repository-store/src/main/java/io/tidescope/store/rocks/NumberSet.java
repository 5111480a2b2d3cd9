package io.tidescope.store.rocks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Some documents of one ref, by their {@link DocumentNumber}s. */
final class NumberSet {
    private final List<Chosen> blocks = new ArrayList<>();
    private int size;

    /** Those of a block. */
    private record Chosen(int block, Slots slots) {}

    /** Adds documents of a block; blocks come in ascending order, each once. */
    void add(int block, Slots slots) {
        blocks.add(new Chosen(block, slots));
        size += slots.size();
    }

    int size() {
        return size;
    }

    /** No document of it has this number, or a higher one. */
    long bound() {
        return blocks.isEmpty() ? 0 : (blocks.getLast().block() + 1L) * DocumentNumber.BLOCK;
    }

    boolean contains(int number) {
        int wanted = DocumentNumber.block(number);
        int low = 0;
        int high = blocks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Chosen block = blocks.get(middle);
            if (block.block() == wanted) {
                return block.slots().contains(DocumentNumber.slot(number));
            }
            if (block.block() < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Takes them in the order of their numbers. */
    void forEach(IntConsumer action) {
        for (Chosen block : blocks) {
            Slots slots = block.slots();
            for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
                action.accept(DocumentNumber.of(block.block(), slot));
            }
        }
    }
}
