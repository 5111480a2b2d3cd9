package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.ScratchDirectory;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How fast a store that was lost is built again from the documents topic, against parsing the same
 * files.
 *
 * <p>Method: import and stop. Then, over some rounds: start with the store as it is; stop, delete
 * the store, start again; the clock runs from the start of the launcher to the first complete
 * {@code /status} with all documents. What the second takes longer is the rebuild. {@link
 * ColdBaseline} parses the same files with JavaParser alone on as many threads as there are
 * processors, in a fresh JVM too, its start not counted. As in every start by the launcher, the JVM
 * has what a rehearsal over other code taught it. The ratio is that of the medians.
 */
class RebuildBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-XX:+UseParallelGC",
                    "-XX:-DontCompileHugeMethods",
                    "-XX:InlineSmallCode=500",
                    "-XX:+UseCompactObjectHeaders");

    @TempDir Path directory;

    @Test
    void againstParsing() throws Exception {
        Report report = new Report("rebuild");
        TideScopeProcess.train();
        SearchCorpus code = SearchCorpus.read();
        long[] kept = new long[ROUNDS];
        long[] lost = new long[ROUNDS];
        long[] parsed = new long[ROUNDS];
        try (RunningIndex index =
                new RunningIndex(
                        directory.resolve("data"), code.commit(directory.resolve("code")))) {
            long documents = index.documents();
            for (int round = 0; round < ROUNDS; round++) {
                kept[round] = restart(index, documents, false);
                lost[round] = restart(index, documents, true);
                parsed[round] = ColdBaseline.pass(index.repository().directory(), JVM_OPTIONS);
            }
        }
        double rebuild = (median(lost) - median(kept)) / 1e3;
        double parse = median(parsed) / 1e3;
        report.line(
                "%,d lines: start %.1f s, with the store deleted %.1f s; JavaParser alone %.1f s",
                code.lines(), median(kept) / 1e3, median(lost) / 1e3, parse);
        report.line("ratio parse / rebuild: %.1f", parse / rebuild);
    }

    private long restart(RunningIndex index, long documents, boolean lose) {
        assertThat(index.process().stop()).isZero();
        if (lose) {
            new ScratchDirectory(index.data().resolve("store")).close();
        }
        long start = System.nanoTime();
        index.restart();
        Eventually.until(LIMIT, "serves everything", () -> index.documents() == documents);
        return System.nanoTime() - start;
    }

    private static double median(long[] nanos) {
        return new Latencies(nanos).millis(0.5);
    }
}
