package io.tidescope.tree.match;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the holes stand for so far, by name, in an order that can be undone. */
final class Bindings {
    private final NodeEquality equality;
    private final Map<String, Captured> values = new HashMap<>();
    private final ArrayList<String> order = new ArrayList<>();

    Bindings(NodeEquality equality) {
        this.equality = equality;
    }

    /**
     * Binds a hole, or compares what it stands for already.
     *
     * @return false when it stands for other code
     */
    boolean bind(Hole hole, Captured value) {
        if (!hole.captures()) {
            return true;
        }
        Captured before = values.putIfAbsent(hole.name(), value);
        if (before != null) {
            return equality.same(before, value);
        }
        order.add(hole.name());
        return true;
    }

    /** What a hole of this name stands for; null when there is none. */
    @Nullable Captured find(String name) {
        return values.get(name);
    }

    /** How many holes are bound. */
    int mark() {
        return order.size();
    }

    /** Forgets all but this many. */
    void undo(int mark) {
        while (order.size() > mark) {
            values.remove(order.removeLast());
        }
    }

    SortedMap<String, Match.Capture> captures() {
        var captures = new TreeMap<String, Match.Capture>();
        values.forEach((name, value) -> captures.put(name, value.capture()));
        return captures;
    }
}
