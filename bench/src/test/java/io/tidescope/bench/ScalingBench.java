package io.tidescope.bench;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.ScratchDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an index takes as its code grows: a line of least squares for each quantity through some
 * sizes, held against what is measured at others.
 *
 * <p>Method: {@link SearchCorpus} is imported once, on a broker in a process of its own. Parts of
 * it, chosen by a seed from all over it, get topics of their own, with the same records. A store
 * node in this process is made from them several times, each time from nothing, and closed, which
 * writes everything to disk: the median counts. Processor time is that of this process, so without
 * the broker; its code is compiled by making and asking a store of everything again and again
 * before. A last one is asked, at first to warm it up, and its tables are compacted when it is
 * closed.
 *
 * <p>{@code -Dbench.data=} names a directory in which the import is kept for the next run.
 */
class ScalingBench {
    private static final int PARTITIONS = 8;
    private static final List<Long> FITTED = List.of(125_000L, 250_000L, 500_000L, 1_000_000L);
    private static final List<Long> CHECKED = List.of(375_000L, 750_000L, 2_000_000L);
    private static final long REPARTITIONED = 750_000;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int WARM_UPS = Integer.getInteger("bench.warmups", 12);

    /** In the last of these, questions are asked as well. */
    private static final int ASKED_WARM_UPS = 3;

    private static final double MEBI = 1 << 20;

    @TempDir Path directory;

    private final Report report = new Report("scaling");
    private final String run = UUID.randomUUID().toString();

    @Test
    void predictsWhatItWasNotFittedOn() throws Exception {
        SearchCorpus code = SearchCorpus.read();
        Path data = Path.of(System.getProperty("bench.data", directory.toString()));
        Files.createDirectories(data);
        GitRepository repository = code.commit(directory.resolve("code"));
        try (BenchCluster cluster = new BenchCluster(data)) {
            IndexedCode all =
                    IndexedCode.of(cluster, "all.", PARTITIONS, repository, code.files().size());
            warmUp(all, code);
            Map<String, Trend> model = new LinkedHashMap<>();
            for (long lines : FITTED) {
                SearchCorpus part = code.part(lines);
                measure(all, part, PARTITIONS)
                        .forEach(
                                (what, value) ->
                                        model.computeIfAbsent(what, unused -> new Trend())
                                                .add(part.lines() / 1e6, value));
            }
            model.forEach(
                    (what, trend) ->
                            report.line(
                                    "%s: %.4g + %.4g for each million lines",
                                    what, trend.at(0), trend.slope()));
            for (long lines : CHECKED) {
                check(model, code.part(lines), PARTITIONS, all);
            }
            check(model, code.part(REPARTITIONED), 2 * PARTITIONS, all);
        }
    }

    private void warmUp(IndexedCode all, SearchCorpus code) {
        for (int i = 0; i < WARM_UPS; i++) {
            try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-scaling");
                    RestoredStore store = all.store(scratch.path())) {
                RestoredStore.Cost cost = store.await();
                report.line(
                        "%s round: %,d lines in %.2f s, %.1f MB for each second of a processor",
                        i == 0 ? "cold" : "warm",
                        code.lines(),
                        cost.nanos() / 1e9,
                        code.bytes() * 1e3 / cost.processorNanos());
                if (i >= WARM_UPS - ASKED_WARM_UPS) {
                    ask(store, code, new LinkedHashMap<>());
                }
            }
        }
    }

    private void check(
            Map<String, Trend> model, SearchCorpus part, int partitions, IndexedCode all) {
        measure(all, part, partitions)
                .forEach(
                        (what, value) -> {
                            Trend trend = model.get(what);
                            double predicted =
                                    trend == null ? Double.NaN : trend.at(part.lines() / 1e6);
                            report.line(
                                    "%,d lines, %d partitions, %s: predicted %.4g, measured %.4g,"
                                            + " off by %+.1f %%",
                                    part.lines(),
                                    partitions,
                                    what,
                                    predicted,
                                    value,
                                    100 * (predicted - value) / value);
                        });
    }

    private Map<String, Double> measure(IndexedCode all, SearchCorpus code, int partitions) {
        Map<String, Double> figures = new LinkedHashMap<>();
        IndexedCode part =
                all.part(
                        "part-%d-%d-%s.".formatted(code.lines(), partitions, run),
                        partitions,
                        code.files().keySet());
        figures.put("source, MiB", code.bytes() / MEBI);
        figures.put("file-changes, MiB", part.fileChangesBytes() / MEBI);
        figures.put("documents, MiB", part.documentsBytes() / MEBI);
        restores(part, figures);
        try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-scaling")) {
            try (RestoredStore store = part.store(scratch.path())) {
                store.await();
                ask(store, code, figures);
                figures.put("trees in memory, MiB", store.treeBytes() / MEBI);
            }
            StoreSizes sizes = StoreSizes.compacted(scratch.path());
            sizes.families()
                    .forEach(
                            (family, bytes) -> figures.put(family + " on disk, MiB", bytes / MEBI));
            figures.put("store on disk, MiB", sizes.bytes() / MEBI);
            figures.put("indices and filters, MiB", sizes.directoryBytes() / MEBI);
            figures.put("keys, millions", sizes.keys() / 1e6);
        }
        return figures;
    }

    private static void restores(IndexedCode part, Map<String, Double> figures) {
        double[] seconds = new double[ROUNDS];
        double[] processor = new double[ROUNDS];
        double[] durable = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            try (ScratchDirectory scratch = ScratchDirectory.create("tidescope-scaling")) {
                RestoredStore store = part.store(scratch.path());
                try (store) {
                    RestoredStore.Cost cost = store.await();
                    seconds[i] = cost.nanos() / 1e9;
                    processor[i] = cost.processorNanos() / 1e9;
                }
                durable[i] = store.soFar().processorNanos() / 1e9;
            }
        }
        figures.put("restored, s", median(seconds));
        figures.put("restored, processor s", median(processor));
        figures.put("restored and on disk, processor s", median(durable));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void ask(RestoredStore store, SearchCorpus code, Map<String, Double> figures) {
        StoreQuestions questions = new StoreQuestions(store);
        List<String> names = new ArrayList<>();
        for (String path : code.files().keySet()) {
            String name = path.substring(path.lastIndexOf('/') + 1, path.length() - 5);
            if (name.chars().allMatch(Character::isJavaIdentifierPart)) {
                names.add(name);
            }
        }
        figures.put("symbol, processor ms", questions.symbols(names));
        figures.put("rare name, processor ms", questions.search("Unsafe.getUnsafe()"));
        figures.put("common name, processor ms", questions.search("$A.equals($B)"));
        figures.put("no name, processor ms", questions.search("$A == null"));
    }
}
