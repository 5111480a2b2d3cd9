package io.tidescope.query.admin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** The last few of a sequence. Not safe for concurrent use. */
final class Ring<T> {
    private final int capacity;
    private final Deque<T> kept = new ArrayDeque<>();

    Ring(int capacity) {
        this.capacity = capacity;
    }

    void add(T element) {
        if (kept.size() == capacity) {
            kept.removeLast();
        }
        kept.addFirst(element);
    }

    /** Newest first. */
    Stream<T> stream() {
        return kept.stream();
    }
}
