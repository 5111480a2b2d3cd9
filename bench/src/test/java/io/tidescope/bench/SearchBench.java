package io.tidescope.bench;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Time to all matches of a pattern through HTTP, against ast-grep on the same files.
 *
 * <p>Method: {@code tidescope up} indexes {@link SearchCorpus}; ast-grep searches the same files in
 * the repository's working copy, which the system has in memory. For each pattern ast-grep runs
 * once, from the start of its process to its end. TideScope is asked for all matches, with their
 * lines and captures, and the answer is read to its last byte: first some rounds over all patterns,
 * as a server that has been asked before, then the median of some more for each. The ratio of a
 * pattern is ast-grep's time by TideScope's; patterns are grouped by how many documents the index
 * names for them.
 *
 * <p>Cold is an index whose caches, of blocks and of trees, are empty: it is closed and opened
 * again in the same process before each question, so that the code stays compiled, and first
 * answers the question about another repository. The system still has the files. A process that has
 * just been started is measured beside it, which has to compile its code as well.
 */
class SearchBench {
    /** The part of the documents that a rare identifier is in at most. */
    private static final double RARE = 0.02;

    private static final int WARM_ROUNDS = Integer.getInteger("bench.rounds", 5);

    /** Only every so many-th pattern, beginning with one: a run of all takes half an hour. */
    private static final int EVERY = Integer.getInteger("bench.every", 1);

    private static final int FIRST = Integer.getInteger("bench.first", 0);

    private static final int MEASURED = 15;
    private static final int COLD_ROUNDS = Integer.getInteger("bench.cold", 7);

    /** Rounds before those, in which the code that reads documents is compiled. */
    private static final int COLD_WARM_UPS = 5;

    private static final List<String> COLD =
            List.of(
                    "Thread.currentThread().interrupt()",
                    "$A.equals($B)",
                    "try { $$$B } catch ($E $N) { }");

    private static final int RESTARTS = Integer.getInteger("bench.restarts", 1);
    private static final int RESTART_WARM_UPS = 300;
    private static final int OTHER_FILES = 2_000;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String CORPUS = "corpus";
    private static final String OTHER = "other";

    @TempDir Path directory;

    @Test
    void allMatches() throws Exception {
        Report report = new Report("structural search");
        AstGrep peer = AstGrep.install();
        SearchCorpus corpus = SearchCorpus.read();
        GitRepository repository = corpus.commit(directory.resolve(CORPUS));
        GitRepository other = other(corpus);
        List<String> all = SearchPatterns.read();
        List<String> patterns =
                IntStream.iterate(FIRST, i -> i < all.size(), i -> i + EVERY)
                        .mapToObj(all::get)
                        .toList();
        report.line(
                "%,d lines in %,d files, %d patterns",
                corpus.lines(), corpus.files().size(), patterns.size());
        try (RunningIndex index = new RunningIndex(directory.resolve("data"), repository, other)) {
            measureWarm(report, index, peer, patterns);
            measureRestarted(report, index, peer);
            measureCold(report, index, peer);
        }
    }

    private void measureWarm(Report report, RunningIndex index, AstGrep peer, List<String> patterns)
            throws Exception {
        Map<String, List<Double>> ratios = new TreeMap<>();
        try (StructuralClient client = new StructuralClient(index.server())) {
            for (int round = 0; round < WARM_ROUNDS; round++) {
                for (String each : patterns) {
                    client.all(each, CORPUS);
                }
            }
            for (String each : patterns) {
                AstGrep.Answer theirs = peer.run(each, index.repository().directory());
                if (theirs.matches().isEmpty()) {
                    continue; // It may not have searched at all, when it cannot read the pattern.
                }
                Latencies ours = latencies(client, each, CORPUS, MEASURED);
                double ratio = theirs.nanos() / 1e6 / ours.millis(0.5);
                String group = group(client.candidates(each, CORPUS));
                ratios.computeIfAbsent(group, unused -> new ArrayList<>()).add(ratio);
                report.line(
                        "%s, `%s`: %,d matches, %.2f ms, ast-grep %,.0f ms, ratio %,.0f",
                        group,
                        each,
                        client.all(each, CORPUS).matches(),
                        ours.millis(0.5),
                        theirs.nanos() / 1e6,
                        ratio);
            }
        }
        ratios.forEach(
                (group, all) -> {
                    Collections.sort(all);
                    report.line(
                            "%s: ratio %,.0f in the middle of %d patterns, %,.0f to %,.0f",
                            group,
                            all.get(all.size() / 2),
                            all.size(),
                            all.getFirst(),
                            all.getLast());
                });
    }

    private static void measureCold(Report report, RunningIndex index, AstGrep peer)
            throws Exception {
        index.process().stop();
        Map<String, long[]> cold = new TreeMap<>();
        COLD.forEach(pattern -> cold.put(pattern, new long[COLD_ROUNDS]));
        for (int round = -COLD_WARM_UPS; round < COLD_ROUNDS; round++) {
            for (String pattern : COLD) {
                try (ReopenedIndex reopened = new ReopenedIndex(index.data());
                        StructuralClient client = new StructuralClient(reopened.server())) {
                    awaitComplete(reopened.server());
                    client.all(pattern, OTHER);
                    long nanos = client.all(pattern, CORPUS).nanos();
                    if (round >= 0) {
                        cold.getOrDefault(pattern, new long[0])[round] = nanos;
                    }
                }
            }
        }
        for (String pattern : COLD) {
            Latencies ours = new Latencies(cold.getOrDefault(pattern, new long[0]));
            report(report, "caches empty", index, peer, pattern, ours);
        }
    }

    private static void measureRestarted(Report report, RunningIndex index, AstGrep peer)
            throws Exception {
        for (String pattern : RESTARTS == 0 ? List.<String>of() : COLD) {
            long[] nanos = new long[RESTARTS];
            for (int round = 0; round < RESTARTS; round++) {
                index.process().stop();
                index.restart();
                awaitComplete(index.server());
                try (StructuralClient client = new StructuralClient(index.server())) {
                    latencies(client, pattern, OTHER, RESTART_WARM_UPS);
                    nanos[round] = client.all(pattern, CORPUS).nanos();
                }
            }
            report(report, "just started", index, peer, pattern, new Latencies(nanos));
        }
    }

    private static void report(
            Report report,
            String when,
            RunningIndex index,
            AstGrep peer,
            String pattern,
            Latencies ours)
            throws Exception {
        double theirs = peer.run(pattern, index.repository().directory()).nanos() / 1e6;
        report.line(
                "%s, `%s`: %.1f ms, ast-grep %,.0f ms, ratio %,.0f",
                when, pattern, ours.millis(0.5), theirs, theirs / ours.millis(0.5));
    }

    private static void awaitComplete(URI server) {
        Eventually.until(
                LIMIT,
                "everything is served",
                () ->
                        new IndexClient(server)
                                .ask("/status", Map.of())
                                .json()
                                .path("complete")
                                .asBoolean());
    }

    private static Latencies latencies(
            StructuralClient client, String pattern, String repository, int times)
            throws Exception {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = client.all(pattern, repository).nanos();
        }
        return new Latencies(nanos);
    }

    /** The last files of the corpus once more, in a repository of their own. */
    private GitRepository other(SearchCorpus corpus) {
        List<String> paths = List.copyOf(corpus.files().keySet());
        GitRepository other = GitRepository.create(directory.resolve(OTHER));
        for (String path : paths.subList(paths.size() - OTHER_FILES, paths.size())) {
            byte[] content = corpus.files().getOrDefault(path, new byte[0]);
            other.write(path, content);
        }
        other.git("add", "--all");
        other.git("commit", "--quiet", "-m", "other");
        return other;
    }

    /** What the index can do for a pattern. */
    private static String group(double candidates) {
        return candidates == 1
                ? "nothing to look up"
                : candidates <= RARE ? "rare identifier" : "common identifier";
    }
}
