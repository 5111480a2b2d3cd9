package io.tidescope.store.rocks;

import io.tidescope.tree.TextTable;

import java.util.Arrays;

/**
 * Postings of one family for the documents of a block that nothing is written of yet, collected
 * document by document and written name by name. They stay where they came: nothing is copied.
 */
final class NewPostings {
    private final TextTable names = new TextTable();
    private int[] name = new int[1024];
    private byte[] slots = new byte[1024];
    private byte[][] arrays = new byte[1024][];
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private int size;

    /**
     * Adds a document's posting of a name.
     *
     * @param array not changed until it is written; the name and the posting are parts of it
     */
    void add(int slot, byte[] array, int nameStart, int nameEnd, int start, int end) {
        if (size == name.length) {
            int capacity = size * 2;
            name = Arrays.copyOf(name, capacity);
            slots = Arrays.copyOf(slots, capacity);
            arrays = Arrays.copyOf(arrays, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        name[size] = names.number(array, nameStart, nameEnd);
        slots[size] = (byte) slot;
        arrays[size] = array;
        starts[size] = start;
        ends[size++] = end;
    }

    void writeTo(Changes changes, Family family, byte[] ref, int block) {
        int[] first = new int[names.size() + 1];
        for (int i = 0; i < size; i++) {
            first[name[i] + 1]++;
        }
        for (int i = 0; i < names.size(); i++) {
            first[i + 1] += first[i];
        }
        int[] next = first.clone();
        int[] byName = new int[size];
        for (int i = 0; i < size; i++) {
            byName[next[name[i]]++] = i;
        }
        ByteWriter value = new ByteWriter(256);
        for (int i = 0; i < names.size(); i++) {
            value.clear();
            for (int at = first[i]; at < first[i + 1]; at++) {
                int posting = byName[at];
                Postings.write(
                        value, slots[posting], arrays[posting], starts[posting], ends[posting]);
            }
            changes.put(family, PostingKey.of(names.utf8(i), ref, block), value.toArray());
        }
    }
}
