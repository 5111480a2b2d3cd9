package io.tidescope.bench;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Throughput of an import, from git to queryable, against that of JavaParser alone, both with their
 * code compiled; {@link FirstImportBench} is about a process that has just started.
 *
 * <p>Method: {@code tidescope up} with {@code -Xmx1g} follows several repositories that have
 * nothing in them but a note. Into one after the other a million lines are committed, already
 * staged; the clock starts before {@code git commit} and stops when every partition has the
 * revision. In between, in this JVM, {@link ParseBaseline} parses the same files on as many threads
 * as there are processors, under the same JVM options; while one works the other rests. So much is
 * compiled at first that it takes some pairs until both run at their speed; of those behind, the
 * median time of the baseline is divided by the median time of the imports.
 */
class ImportBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int WARM_UP_ROUNDS = 6;

    @TempDir Path directory;

    @Test
    void againstJavaParserAlone() throws Exception {
        Report report = new Report("import");
        MillionLines code = MillionLines.read();
        int threads = Runtime.getRuntime().availableProcessors();
        ParseBaseline baseline = new ParseBaseline(code.contents(), threads);
        List<GitRepository> repositories = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            GitRepository repository = GitRepository.create(directory.resolve("round" + round));
            repository.write("note.txt", "Nothing yet.").commit("empty");
            repositories.add(repository);
            arguments.add(repository.directory().toString());
        }
        long[] alone = new long[ROUNDS];
        long[] imports = new long[ROUNDS];
        long[] aloneProcessor = new long[ROUNDS];
        long[] importProcessor = new long[ROUNDS];
        Path data = directory.resolve("data");
        try (TideScopeProcess process =
                TideScopeProcess.launch(data, List.of("-Xmx1g"), arguments)) {
            IndexClient index = new IndexClient(process.awaitServing());
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                GitRepository repository = repositories.get(round);
                String directoryName = repository.directory().toString();
                TideScopeProcess.run("hook", "install", directoryName, "--data", data.toString());
                code.files().forEach(repository::write);
                repository.git("add", "--all");

                Duration importBefore = process.processorTime();
                long start = System.nanoTime();
                repository.git("commit", "--quiet", "-m", "everything");
                Imports.await(index, "round" + round, repository.head());
                long importNanos = System.nanoTime() - start;
                Duration importUsed = process.processorTime().minus(importBefore);
                Duration aloneBefore = ownProcessorTime();
                long aloneNanos = baseline.pass();
                int measured = round - WARM_UP_ROUNDS;
                if (measured >= 0) {
                    imports[measured] = importNanos;
                    alone[measured] = aloneNanos;
                    importProcessor[measured] = importUsed.toNanos();
                    aloneProcessor[measured] = ownProcessorTime().minus(aloneBefore).toNanos();
                }
            }
        }
        double importMillis = new Latencies(imports).millis(0.5);
        double aloneMillis = new Latencies(alone).millis(0.5);
        report.line("%,d lines in %,d files", code.lines(), code.files().size());
        report.line("git to queryable, -Xmx1g: %,.0f lines/s", code.lines() / importMillis * 1e3);
        report.line(
                "JavaParser alone, %d threads: %,.0f lines/s",
                threads, code.lines() / aloneMillis * 1e3);
        report.line("ratio import / JavaParser alone: %.2f", ratio(aloneMillis, importMillis));
        report.line(
                "the same of processor time: %.2f",
                ratio(
                        new Latencies(aloneProcessor).millis(0.5),
                        new Latencies(importProcessor).millis(0.5)));
    }

    /** Throughputs are to each other as times are the other way round. */
    private static double ratio(double alone, double imported) {
        return alone / imported;
    }

    private static Duration ownProcessorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
