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
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * What metrics cost, of the throughput of queries and of imports.
 *
 * <p>Method: everything runs in this process but the broker, once with the registry that Prometheus
 * scrapes and once with one that counts nothing; tracing is off in both. Queries: two stores of the
 * same code, each behind an HTTP API of its own; 8 clients ask one and then the other for exact
 * names, without a pause, for several rounds behind a warm-up. Imports: the same repository into
 * new topics, in turns. The figure is the median of the one over that of the other.
 */
class MetricsCostBench {
    private static final int PARTITIONS = 8;
    private static final int CLIENTS = 8;
    private static final int REQUESTS = Integer.getInteger("bench.requests", 4_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final int WARM_UP_ROUNDS = 2;
    private static final int IMPORTS = Integer.getInteger("bench.imports", 5);
    private static final int WARM_UP_IMPORTS = 2;

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
            Report report, BenchCluster cluster, GitRepository repository, int files) {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = -WARM_UP_IMPORTS; i < IMPORTS; i++) {
            double counted = seconds(cluster, "on" + i + ".", repository, files, prometheus());
            double uncounted = seconds(cluster, "off" + i + ".", repository, files, nothing());
            if (i >= 0) {
                with.add(counted);
                without.add(uncounted);
            }
        }
        report.line(
                "imports in the middle of %d: %.2f s with, %.2f s without: %.1f %%",
                IMPORTS, middle(with), middle(without), (middle(with) / middle(without) - 1) * 100);
    }

    private static double seconds(
            BenchCluster cluster,
            String prefix,
            GitRepository repository,
            int files,
            Supplier<MeterRegistry> meters) {
        long start = System.nanoTime();
        IndexedCode.of(cluster, prefix, PARTITIONS, repository, files, meters);
        return (System.nanoTime() - start) / 1e9;
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
                        IndexedCode.of(cluster, "on0.", PARTITIONS, repository, files)
                                .store(directory.resolve("on"), counting);
                RestoredStore second =
                        IndexedCode.of(cluster, "off0.", PARTITIONS, repository, files)
                                .store(directory.resolve("off"), silent)) {
            first.await();
            second.await();
            try (HttpApi with = serve(first, counting);
                    HttpApi without = serve(second, silent)) {
                List<Double> counted = new ArrayList<>();
                List<Double> uncounted = new ArrayList<>();
                for (int i = -WARM_UP_ROUNDS; i < ROUNDS; i++) {
                    double on = perSecond(with, targets);
                    double off = perSecond(without, targets);
                    if (i >= 0) {
                        counted.add(on);
                        uncounted.add(off);
                    }
                }
                report.line(
                        "exact queries in the middle of %d: %,.0f a second with, %,.0f without:"
                                + " %.1f %%",
                        ROUNDS,
                        middle(counted),
                        middle(uncounted),
                        (middle(uncounted) / middle(counted) - 1) * 100);
            }
        }
    }

    private static double perSecond(HttpApi api, List<String> targets) throws Exception {
        URI server = URI.create("http://127.0.0.1:" + api.port());
        long start = System.nanoTime();
        new HttpLoad(server, targets).run(CLIENTS, REQUESTS);
        return CLIENTS * REQUESTS / ((System.nanoTime() - start) / 1e9);
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

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
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
