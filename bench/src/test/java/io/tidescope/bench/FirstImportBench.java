package io.tidescope.bench;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/**
 * Throughput of the first import of a fresh {@code tidescope up}, from git to queryable, against
 * that of JavaParser alone in a fresh JVM.
 *
 * <p>Method: in a repository that has nothing in it but a note a million lines are staged. {@code
 * tidescope up} with {@code -Xmx1g} follows it, and as soon as it serves and the hook is there they
 * are committed; the clock starts before {@code git commit} and stops when every partition has the
 * revision. Then the process ends and {@link ColdBaseline} parses the same files, on as many
 * threads as there are processors and under the same JVM options. The ratio is that of the medians
 * over the rounds.
 *
 * <p>How both start is not the same, and not on the clock. The baseline begins with nothing loaded
 * and nothing compiled. TideScope has what its launcher made the JVM learn from a rehearsal over
 * other code, and its start, the wait for the broker most of all, was used to parse a few files of
 * its own again and again: of what it needs for an import a part is compiled when the clock starts,
 * and the rest is compiled while it runs. It has no idle time in between but the second in which
 * the hook is installed.
 */
class FirstImportBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx1g",
                    "-XX:+UseParallelGC",
                    "-XX:-DontCompileHugeMethods",
                    "-XX:InlineSmallCode=500",
                    "-XX:+UseCompactObjectHeaders");

    @TempDir Path directory;

    @Test
    void againstJavaParserAlone() throws Exception {
        Report report = new Report("first import of a process");
        TideScopeProcess.train();
        MillionLines code = MillionLines.read();
        long[] alone = new long[ROUNDS];
        long[] imports = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            GitRepository repository = GitRepository.create(directory.resolve("round" + round));
            imports[round] = firstImport(repository, code);
            alone[round] = ColdBaseline.pass(repository.directory(), JVM_OPTIONS);
            report.line("round %d: %.2f", round, (double) alone[round] / imports[round]);
        }
        double importMillis = new Latencies(imports).millis(0.5);
        double aloneMillis = new Latencies(alone).millis(0.5);
        report.line(
                "%,d lines: %,.0f lines/s, JavaParser alone %,.0f, ratio %.2f",
                code.lines(),
                code.lines() / importMillis * 1e3,
                code.lines() / aloneMillis * 1e3,
                aloneMillis / importMillis);
    }

    private static long firstImport(GitRepository repository, MillionLines code) {
        repository.write("note.txt", "Nothing yet.").commit("empty");
        code.files().forEach(repository::write);
        repository.git("add", "--all");
        String name = repository.directory().getFileName().toString();
        Path data = repository.directory().resolveSibling(name + ".data");
        List<String> arguments = List.of(repository.directory().toString());
        try (TideScopeProcess process =
                TideScopeProcess.launch(data, List.of("-Xmx1g"), arguments)) {
            IndexClient index = new IndexClient(process.awaitServing());
            String place = repository.directory().toString();
            TideScopeProcess.run("hook", "install", place, "--data", data.toString());
            long start = System.nanoTime();
            repository.git("commit", "--quiet", "-m", "everything");
            Imports.await(index, name, repository.head());
            return System.nanoTime() - start;
        }
    }
}
