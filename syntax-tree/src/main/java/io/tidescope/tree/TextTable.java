package io.tidescope.tree;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Different texts, numbered from 0 in the order in which they came. A text is bytes (UTF-8) in some
 * array that is not changed, most often a tree's source, so nothing is copied. Not safe to share
 * between threads.
 */
public final class TextTable {
    private static final int NONE = -1;

    private byte[][] arrays = new byte[64][];
    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private int[] hashes = new int[64];
    private @Nullable String[] strings = new @Nullable String[64];
    private int size;
    private int[] slots = new int[256];

    public TextTable() {
        Arrays.fill(slots, NONE);
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The number of the text between two offsets of an array. */
    public int number(byte[] array, int start, int end) {
        int hash = hash(array, start, end);
        int mask = slots.length - 1;
        int slot = hash & mask;
        for (int found = slots[slot]; found != NONE; found = slots[slot]) {
            if (hashes[found] == hash && isAt(found, array, start, end)) {
                return found;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = size;
        return add(array, start, end, hash);
    }

    public int number(byte[] text) {
        return number(text, 0, text.length);
    }

    /** The text as a string, the same object each time. */
    public String text(int number) {
        String known = strings[number];
        if (known == null) {
            known =
                    new String(
                            arrays[number],
                            starts[number],
                            lengths[number],
                            StandardCharsets.UTF_8);
            strings[number] = known;
        }
        return known;
    }

    /** The text as an array of its own. */
    public byte[] utf8(int number) {
        int start = starts[number];
        return Arrays.copyOfRange(arrays[number], start, start + lengths[number]);
    }

    private boolean isAt(int number, byte[] array, int start, int end) {
        int from = starts[number];
        return Arrays.equals(arrays[number], from, from + lengths[number], array, start, end);
    }

    private int add(byte[] array, int start, int end, int hash) {
        if (size == starts.length) {
            int capacity = size * 2;
            arrays = Arrays.copyOf(arrays, capacity);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
            strings = Arrays.copyOf(strings, capacity);
        }
        arrays[size] = array;
        starts[size] = start;
        lengths[size] = end - start;
        hashes[size] = hash;
        int number = size++;
        if (size > slots.length / 2) {
            growSlots();
        }
        return number;
    }

    private void growSlots() {
        slots = new int[slots.length * 4];
        Arrays.fill(slots, NONE);
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hashes[number] & mask;
            while (slots[slot] != NONE) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
    }

    private static int hash(byte[] array, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + array[i];
        }
        return hash ^ (hash >>> 15);
    }
}
