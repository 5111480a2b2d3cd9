package io.tidescope.recovery.restore;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How scenarios ended, by their kind, and by what happened in them. For one thread. */
final class Tally {
    private static final String ROW = "%-52s %9s %6s %9s %6s %9s%n";

    private final Map<Kind, Row> kinds = new EnumMap<>(Kind.class);
    private final Map<Event, Row> rows = new EnumMap<>(Event.class);
    private final Row all = new Row();

    private static final class Row {
        private final Map<Outcome, Integer> ends = new EnumMap<>(Outcome.class);
        private int times;

        private int of(Outcome outcome) {
            return ends.getOrDefault(outcome, 0);
        }

        private void print(StringBuilder to, Object label) {
            int scenarios = ends.values().stream().mapToInt(Integer::intValue).sum();
            to.append(
                    ROW.formatted(
                            label,
                            scenarios,
                            times,
                            of(Outcome.RESTORED),
                            of(Outcome.NAMED),
                            of(Outcome.VIOLATED)));
        }
    }

    void add(Kind kind, Telling told, Outcome outcome) {
        for (Row row : List.of(all, kinds.computeIfAbsent(kind, _ -> new Row()))) {
            row.times++;
            row.ends.merge(outcome, 1, Integer::sum);
        }
        told.counts()
                .forEach(
                        (event, times) -> {
                            Row row = rows.computeIfAbsent(event, _ -> new Row());
                            row.times += times;
                            row.ends.merge(outcome, 1, Integer::sum);
                        });
    }

    /** A table. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        table.append(
                ROW.formatted("disasters", "scenarios", "times", "restored", "named", "violated"));
        kinds.forEach((kind, row) -> row.print(table, kind));
        all.print(table, "all");
        table.append("of them with\n");
        rows.forEach((event, row) -> row.print(table, event));
        return table.toString();
    }
}
