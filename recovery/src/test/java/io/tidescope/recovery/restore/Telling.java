package io.tidescope.recovery.restore;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What happened in a scenario, for people when it fails and for the table when it does not. */
final class Telling {
    private final List<String> told = new ArrayList<>();
    private final Map<Event, Integer> counts = new EnumMap<>(Event.class);

    void of(Event event) {
        of(event, "");
    }

    /**
     * @param detail that which is particular about it
     */
    void of(Event event, String detail) {
        told.add((event + " " + detail).strip());
        counts.merge(event, 1, Integer::sum);
    }

    /** How often each happened. */
    Map<Event, Integer> counts() {
        return counts;
    }

    @Override
    public String toString() {
        return told.toString();
    }
}
