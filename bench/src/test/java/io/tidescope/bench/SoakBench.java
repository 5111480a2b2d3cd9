package io.tidescope.bench;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether anything grows that should not, over {@code -Dsoak.minutes=} (60) of pushes and
 * questions.
 *
 * <p>Method: {@code cluster up} with two stores, a parser and a gateway. Every two seconds a commit
 * changes ten files, drawn by a seed, adding and removing a method; all the while symbol queries
 * and structural searches come at a steady rate. Every minute each process's memory, live heap,
 * threads and open files are read after a full collection. The first sixth is not counted:
 * compilers, pools and caches fill. Reported per process: first and last figure and the slope of
 * the line of least squares per hour.
 */
class SoakBench {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 60);
    private static final double SYMBOLS_PER_SECOND = 20;
    private static final double SEARCHES_PER_SECOND = 1;
    private static final long PUSH_MILLIS = 2_000;
    private static final long LOOK_SECONDS = 60;

    /** The part of the time before the first look. */
    private static final int UNCOUNTED = 6;

    private static final int FILES_A_PUSH = 10;
    private static final double MEBI = 1 << 20;
    private static final List<String> NODES =
            List.of("store-1", "store-2", "parser-1", "gateway-1", "ingest", "registry");

    @TempDir Path directory;

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** By node, the processes that it was seen to be. */
    private final Map<String, Set<Long>> processes = new ConcurrentHashMap<>();

    /** The trends of one process. */
    private record Usage(Trend resident, Trend live, Trend threads, Trend files) {
        Usage() {
            this(new Trend(), new Trend(), new Trend(), new Trend());
        }

        void add(double hours, ProcessUsage now) {
            resident.add(hours, now.residentBytes() / MEBI);
            live.add(hours, now.liveBytes() / MEBI);
            threads.add(hours, now.threads());
            files.add(hours, now.files());
        }
    }

    @Test
    void nothingGrows() throws Exception {
        Report report = new Report("soak");
        MillionLines code = MillionLines.read();
        GitRepository repository = code.commit(directory.resolve("soaked"));
        try (RunningIndex index =
                RunningIndex.cluster(
                        directory.resolve("data"),
                        List.of("--stores", "2", "--parsers", "1", "--gateways", "1"),
                        repository)) {
            Duration length = Duration.ofMinutes(MINUTES);
            List<CompletableFuture<Void>> load =
                    List.of(
                            asks(SYMBOLS_PER_SECOND, length, symbols(index.index(), code)),
                            asks(SEARCHES_PER_SECOND, length, search(index)));
            Map<String, Usage> usages = new LinkedHashMap<>();
            NODES.forEach(node -> usages.put(node, new Usage()));
            long pushes = pushAndLook(index.process(), code, repository, usages);
            load.forEach(CompletableFuture::join);
            index.index()
                    .awaitIndexed(
                            RunningIndex.name(repository),
                            repository.head(),
                            Duration.ofMinutes(1));
            report.line(
                    "%d minutes, %,d pushes of %d files, %,d questions answered, %,d not",
                    MINUTES, pushes, FILES_A_PUSH, answered.get(), failed.get());
            usages.forEach(
                    (node, usage) ->
                            report.line(
                                    "%s: resident %s MiB, live heap %s MiB, threads %s, files %s;"
                                            + " %d processes",
                                    node,
                                    described(usage.resident()),
                                    described(usage.live()),
                                    described(usage.threads()),
                                    described(usage.files()),
                                    processes.getOrDefault(node, Set.of()).size()));
        }
    }

    private static String described(Trend trend) {
        return "%.0f to %.0f (%+.1f an hour)".formatted(trend.first(), trend.last(), trend.slope());
    }

    /**
     * Pushes and looks until the time is over.
     *
     * @return how many pushes there were
     */
    private long pushAndLook(
            TideScopeProcess process,
            MillionLines code,
            GitRepository repository,
            Map<String, Usage> usages)
            throws Exception {
        Random random = new Random(Long.getLong("seed", 42));
        List<String> paths = new ArrayList<>(code.files().keySet());
        AtomicLong pushes = new AtomicLong();
        long start = System.nanoTime();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            Future<?> pushing =
                    clock.scheduleWithFixedDelay(
                            () -> push(code, repository, paths, random, pushes.getAndIncrement()),
                            0,
                            PUSH_MILLIS,
                            TimeUnit.MILLISECONDS);
            Future<?> looking =
                    clock.scheduleAtFixedRate(
                            () -> look(process, usages, (System.nanoTime() - start) / 3.6e12),
                            TimeUnit.MINUTES.toSeconds(MINUTES) / UNCOUNTED,
                            LOOK_SECONDS,
                            TimeUnit.SECONDS);
            awaitEnd(pushing);
            if (looking.isDone()) {
                looking.get(); // throws what it failed with
            }
            looking.cancel(false);
        }
        return pushes.get();
    }

    /** Both go on until somebody stops them, or they fail. */
    private static void awaitEnd(Future<?> pushing) throws Exception {
        try {
            pushing.get(MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            pushing.cancel(false);
        }
    }

    /** One that is being started again is looked at next time; that it was is told at the end. */
    private void look(TideScopeProcess process, Map<String, Usage> usages, double hours) {
        usages.forEach(
                (node, usage) ->
                        process.findNode(node)
                                .ifPresent(
                                        running -> {
                                            processes
                                                    .computeIfAbsent(node, n -> new HashSet<>())
                                                    .add(running.pid());
                                            usage.add(hours, ProcessUsage.of(running));
                                        }));
    }

    private static void push(
            MillionLines code,
            GitRepository repository,
            List<String> paths,
            Random random,
            long number) {
        for (int i = 0; i < FILES_A_PUSH; i++) {
            String path = paths.get(random.nextInt(paths.size()));
            String text = new String(code.files().get(path), StandardCharsets.UTF_8);
            repository.write(path, text + "\nclass Soaked" + number + "At" + i + " {}\n");
        }
        repository.commit("push " + number);
    }

    /** Exact names in turn. */
    private static Question symbols(IndexClient client, MillionLines code) {
        List<String> names =
                code.files().keySet().stream()
                        .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - 5))
                        .toList();
        AtomicInteger next = new AtomicInteger();
        return () -> {
            String name = names.get(Math.floorMod(next.getAndIncrement(), names.size()));
            return client.ask("/symbols", Map.of("q", name, "match", "exact")).status() == 200;
        };
    }

    /** All patterns in turn, over all repositories. */
    private static Question search(RunningIndex index) {
        List<String> patterns = SearchPatterns.read();
        AtomicInteger next = new AtomicInteger();
        return () -> {
            String pattern = patterns.get(Math.floorMod(next.getAndIncrement(), patterns.size()));
            try (StructuralClient client = new StructuralClient(index.server())) {
                client.all(pattern, RunningIndex.name(index.repository()));
                return true;
            }
        };
    }

    /** Asks and says whether there was an answer. */
    @FunctionalInterface
    private interface Question {
        boolean ask() throws IOException;
    }

    private CompletableFuture<Void> asks(double perSecond, Duration length, Question question) {
        // Not on the common pool, which may have a single thread.
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        new SteadyLoad(perSecond).run(length, due -> count(question));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                Thread::startVirtualThread);
    }

    private void count(Question question) {
        try {
            (question.ask() ? answered : failed).incrementAndGet();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // An answer that its deadline cut off is none either.
            failed.incrementAndGet();
        }
    }
}
