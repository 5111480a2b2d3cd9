package io.tidescope.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.query.PublishStates;
import io.tidescope.query.access.Access;
import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.NoReplays;
import io.tidescope.query.admin.NodeSource;
import io.tidescope.query.admin.TrialParser;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.HttpSettings;
import io.tidescope.query.http.Receivers;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.testing.GitRepository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * What metrics cost, of the throughput of queries and of imports.
 *
 * <p>Method: everything runs in this process but the broker, once with the registry that Prometheus
 * scrapes and once with one that counts nothing; tracing is off in both. Queries: two stores of the
 * same code, each behind an HTTP API of its own; 8 clients ask one and then the other for exact
 * names, without a pause, for several rounds behind a warm-up. Imports: the same repository into
 * new topics. The figure is how much more time, and time of the processor, the one took than the
 * other of the same round, in the middle of the rounds.
 */
class MetricsCostBench {
    private static final int PARTITIONS = 8;
    private static final int CLIENTS = 8;
    private static final int REQUESTS = Integer.getInteger("bench.requests", 4_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final int WARM_UP_ROUNDS = 1;
    private static final int IMPORTS = Integer.getInteger("bench.imports", 5);
    private static final int WARM_UP_IMPORTS = 1;

    @TempDir Path directory;

    @Test
    void ofQueriesAndOfImports() throws Exception {
        Report report = new Report("cost of metrics");
        MillionLines code = MillionLines.read();
        GitRepository repository = code.commit(directory.resolve("code"));
        try (BenchCluster cluster = new BenchCluster(directory)) {
            imports(report, cluster, repository, code.files().size());
            queries(report, cluster, repository, code);
        }
    }

    private static void imports(
            Report report, BenchCluster cluster, GitRepository repository, int files)
            throws Exception {
        AtomicInteger imports = new AtomicInteger();
        report.line(
                "imports: %s",
                InTurns.measure(
                        WARM_UP_IMPORTS,
                        IMPORTS,
                        () -> imported(cluster, imports, repository, files, prometheus()),
                        () -> imported(cluster, imports, repository, files, nothing())));
    }

    private static Cost imported(
            BenchCluster cluster,
            AtomicInteger number,
            GitRepository repository,
            int files,
            Supplier<MeterRegistry> meters)
            throws Exception {
        String prefix = prefix(number.getAndIncrement());
        return Cost.of(
                () -> IndexedCode.of(cluster, prefix, PARTITIONS, repository, files, meters));
    }

    private static String prefix(int number) {
        return "import" + number + ".";
    }

    private void queries(
            Report report, BenchCluster cluster, GitRepository repository, MillionLines code)
            throws Exception {
        List<String> targets =
                code.files().keySet().stream()
                        .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - 5))
                        .filter(name -> name.chars().allMatch(Character::isJavaIdentifierPart))
                        .map(name -> "/api/v1/symbols?match=exact&q=" + name)
                        .toList();
        int files = code.files().size();
        MeterRegistry counting = prometheus().get();
        MeterRegistry silent = nothing().get();
        try (RestoredStore first =
                        IndexedCode.of(cluster, prefix(0), PARTITIONS, repository, files)
                                .store(directory.resolve("on"), counting);
                RestoredStore second =
                        IndexedCode.of(cluster, prefix(1), PARTITIONS, repository, files)
                                .store(directory.resolve("off"), silent)) {
            first.await();
            second.await();
            try (HttpApi with = serve(first, counting);
                    HttpApi without = serve(second, silent)) {
                report.line(
                        "%,d exact queries: %s",
                        CLIENTS * REQUESTS,
                        InTurns.measure(
                                WARM_UP_ROUNDS,
                                ROUNDS,
                                () -> ask(with, targets),
                                () -> ask(without, targets)));
            }
        }
    }

    private static Cost ask(HttpApi api, List<String> targets) throws Exception {
        HttpLoad load = new HttpLoad(URI.create("http://127.0.0.1:" + api.port()), targets);
        return Cost.of(() -> load.run(CLIENTS, REQUESTS));
    }

    private static HttpApi serve(RestoredStore store, MeterRegistry meters) {
        return HttpApi.start(
                store.client(),
                PublishStates.NONE,
                new JavaPatternReader(),
                new AdminSources(
                        new Unasked(), List::of, new Unasked(), AnswerCache.NONE, new NoReplays()),
                Receivers.NONE,
                meters,
                new HttpSettings("127.0.0.1", 0, Duration.ofSeconds(10), Access.OPEN, null),
                Tracing.OFF);
    }

    private static Supplier<MeterRegistry> prometheus() {
        return () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** Without a registry in it, it makes meters that do nothing. */
    private static Supplier<MeterRegistry> nothing() {
        return CompositeMeterRegistry::new;
    }

    /** Troubleshooting is not asked. */
    private static final class Unasked implements TrialParser, NodeSource {
        @Override
        public Trial parse(byte[] content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SourceEncoding encoding(byte[] content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<NodeStatus> nodes() {
            return List.of();
        }

        @Override
        public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
            return List.of();
        }

        @Override
        public List<NodeReport> inspect(Deadline deadline) {
            return List.of();
        }
    }
}
