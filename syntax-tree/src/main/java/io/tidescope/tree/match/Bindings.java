package io.tidescope.tree.match;

import org.jspecify.annotations.Nullable;

/** What the holes of a rule stand for so far, by number, in an order that can be undone. */
final class Bindings {
    private final NodeEquality equality;
    private final HoleNames names;
    private final @Nullable Captured[] values;
    private final int[] order;
    private int bound;

    Bindings(NodeEquality equality, HoleNames names) {
        this.equality = equality;
        this.names = names;
        // One more for where the match ends, which is undone like what a hole stands for.
        values = new @Nullable Captured[names.count() + 1];
        order = new int[values.length];
    }

    /**
     * Binds a hole, or compares what it stands for already.
     *
     * @return false when it stands for other code
     */
    boolean bind(Slot hole, Captured value) {
        int number = hole.number();
        if (number == Slot.NONE) {
            return true;
        }
        Captured before = values[number];
        if (before != null) {
            return equality.same(before, value);
        }
        put(number, value);
        return true;
    }

    /** Says where the match ends, unless that was said. */
    void extend(int end) {
        if (values[names.count()] == null) {
            put(names.count(), new Captured.Extent(end));
        }
    }

    private void put(int number, Captured value) {
        values[number] = value;
        order[bound++] = number;
    }

    /** What the hole of this number stands for; null when there is none. */
    @Nullable Captured find(int number) {
        return number == Slot.NONE ? null : values[number];
    }

    /** Where the match ends; -1 when nobody said so. */
    int extent() {
        Captured extent = values[names.count()];
        return extent == null ? -1 : extent.end();
    }

    /** How many holes are bound. */
    int mark() {
        return bound;
    }

    /** Forgets all but this many. */
    void undo(int mark) {
        while (bound > mark) {
            values[order[--bound]] = null;
        }
    }

    Captures captures() {
        var captures = new Captures.Writer(names, bound);
        for (int number = 0; number < names.count(); number++) {
            Captured value = values[number];
            if (value != null) {
                captures.add(number, value.nodeOrNone(), value.start(), value.end());
            }
        }
        return captures.finish();
    }
}
