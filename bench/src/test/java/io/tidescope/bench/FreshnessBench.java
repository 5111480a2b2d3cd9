package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.testing.GitRepository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long after {@code git commit} begins the HTTP API answers with the commit's new symbol.
 *
 * <p>Method: an index of a million lines, the hooks installed. Each of 200 commits (seeded) changes
 * 1 to 20 of its files: each gets a class of a name that never was. The clock starts before {@code
 * git commit}, with everything staged, and stops when {@code /symbols} has answered with the class
 * of the last of the files; the query names the commit as {@code min_revision}, so it is asked once
 * and waits inside the server. Every one of them alternates with the same commit, hooks off, in a
 * second repository of the same content that nothing follows: the ratio is the median of the first
 * to the median of that bare commit.
 */
class FreshnessBench {
    private static final int COMMITS = Integer.getInteger("bench.commits", 200);
    private static final int WARM_UP_COMMITS = 20;
    private static final int MOST_FILES = 20;

    @TempDir Path directory;

    private final Random random = new Random(Long.getLong("seed", 42));

    @Test
    void fromCommitToAnswer() {
        Report report = new Report("freshness");
        MillionLines code = MillionLines.read();
        GitRepository bare = code.commit(directory.resolve("bare"));
        List<String> paths = List.copyOf(code.files().keySet());
        long[] fresh = new long[COMMITS];
        long[] committed = new long[COMMITS];
        long[] alone = new long[COMMITS];
        try (RunningIndex million =
                new RunningIndex(
                        directory.resolve("data"), code.commit(directory.resolve("million")))) {
            for (int i = -WARM_UP_COMMITS; i < COMMITS; i++) {
                List<String> changed = pick(paths);
                stage(bare, code, changed, i);
                stage(million.repository(), code, changed, i);

                long bareStart = System.nanoTime();
                bare.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "bare");
                long bareNanos = System.nanoTime() - bareStart;

                long start = System.nanoTime();
                million.repository().git("commit", "--quiet", "-m", "change");
                long commitNanos = System.nanoTime() - start;
                awaitSymbol(million, name(i, changed.size() - 1));
                long freshNanos = System.nanoTime() - start;
                if (i >= 0) {
                    alone[i] = bareNanos;
                    committed[i] = commitNanos;
                    fresh[i] = freshNanos;
                }
            }
        }
        Latencies freshness = new Latencies(fresh);
        Latencies bareCommit = new Latencies(alone);
        report.line("commits of up to %d files over %,d lines", MOST_FILES, code.lines());
        report.line("git commit to answer: %s", freshness);
        report.line("git commit with the hook: %s", new Latencies(committed));
        report.line("bare git commit: %s", bareCommit);
        report.line(
                "ratio git commit to answer / bare git commit: %.2f",
                freshness.millis(0.5) / bareCommit.millis(0.5));
    }

    private List<String> pick(List<String> paths) {
        List<String> picked = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_FILES);
        while (picked.size() < count) {
            String path = paths.get(random.nextInt(paths.size()));
            if (!picked.contains(path) && !path.endsWith("-info.java")) {
                picked.add(path);
            }
        }
        return picked;
    }

    private static void stage(
            GitRepository repository, MillionLines code, List<String> changed, int commit) {
        List<String> add = new ArrayList<>(List.of("add", "--"));
        for (int file = 0; file < changed.size(); file++) {
            byte[] before = code.files().getOrDefault(changed.get(file), new byte[0]);
            byte[] more =
                    ("\nclass " + name(commit, file) + " {}\n").getBytes(StandardCharsets.UTF_8);
            byte[] after = Arrays.copyOf(before, before.length + more.length);
            System.arraycopy(more, 0, after, before.length, more.length);
            repository.write(changed.get(file), after);
            add.add(changed.get(file));
        }
        repository.git(add.toArray(String[]::new));
    }

    private static String name(int commit, int file) {
        return "Fresh" + (commit + WARM_UP_COMMITS) + "x" + file;
    }

    private static void awaitSymbol(RunningIndex million, String name) {
        JsonNode answer =
                million.index()
                        .read(
                                "/symbols",
                                Map.of(
                                        "q",
                                        name,
                                        "match",
                                        "exact",
                                        "repository",
                                        RunningIndex.name(million.repository()),
                                        "min_revision",
                                        million.repository().head(),
                                        "wait",
                                        "30s"));
        assertThat(answer.path("items").size()).as("answers to %s", name).isEqualTo(1);
    }
}
