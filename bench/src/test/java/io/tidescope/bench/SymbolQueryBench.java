package io.tidescope.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Exact symbol queries at the HTTP port under 16 clients.
 *
 * <p>Method: an index of a million lines. Each of 16 clients asks for a type's name after the other
 * (every file's name without its ending, shuffled by a seed) on a connection of its own, with no
 * pause between answer and next question; clients share the machine with the server. One round
 * warms up, the next is measured. The ratio is to the same with a single client: what crowding
 * costs.
 */
class SymbolQueryBench {
    private static final int CLIENTS = 16;
    private static final int REQUESTS = Integer.getInteger("bench.requests", 5_000);

    @TempDir Path directory;

    @Test
    void exactNames() throws Exception {
        Report report = new Report("exact symbol query");
        MillionLines code = MillionLines.read();
        List<String> targets = new ArrayList<>();
        for (String path : code.files().keySet()) {
            String name = path.substring(path.lastIndexOf('/') + 1, path.length() - 5);
            if (name.chars().allMatch(Character::isJavaIdentifierPart)) {
                targets.add("/api/v1/symbols?match=exact&q=" + name);
            }
        }
        Collections.shuffle(targets, new Random(Long.getLong("seed", 42)));
        try (RunningIndex million =
                new RunningIndex(
                        directory.resolve("data"), code.commit(directory.resolve("million")))) {
            HttpLoad load = new HttpLoad(million.server(), targets);
            load.run(CLIENTS, REQUESTS);
            Latencies crowded = load.run(CLIENTS, REQUESTS);
            Latencies alone = load.run(1, REQUESTS);
            report.line("%,d lines, %,d names", code.lines(), targets.size());
            report.line("%d clients: %s", CLIENTS, crowded);
            report.line("1 client: %s", alone);
            report.line(
                    "ratio p50 of %d clients / p50 of one: %.1f",
                    CLIENTS, crowded.millis(0.5) / alone.millis(0.5));
        }
    }
}
