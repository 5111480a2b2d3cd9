package io.tidescope.bench;

import io.tidescope.query.routing.RoutingSettings;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.Scope;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What a gateway adds to what the stores take, and how many exact symbol queries a cluster on this
 * machine answers.
 *
 * <p>Method: {@code cluster up} with two stores, a parser and a gateway, all on the machine's
 * processors, and a million lines. Questions are types' names, each with a limit that makes it
 * another question than all before, so that no cache answers. After a warm-up 16 clients ask the
 * gateway without a pause: that is the most it answers. Then questions come at half that rate, in
 * turns to the gateway over HTTP and straight to the stores over their own protocol, both at the
 * same time as the gateway asks them, over as many kept connections. While the gateway is asked,
 * some questions more go straight to the stores: they find the machine as busy as the others do,
 * with the processes that it takes to answer those, and the difference of the percentiles to theirs
 * is what the gateway adds. That to the stores alone, on a machine with less to do, is told as
 * well. On a machine that others use too, one pause of the host makes the hundredth part of a
 * round: the middle of the rounds is the figure.
 */
class GatewayBench {
    private static final int CLIENTS = 16;
    private static final int REQUESTS = Integer.getInteger("bench.requests", 2_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final int QUESTIONS = 10_000;
    private static final double BESIDE_PER_SECOND = 100;
    private static final int LEAST_LIMIT = 100;
    private static final int LIMITS = 900;

    @TempDir Path directory;

    private final AtomicInteger next = new AtomicInteger();

    /** An exact symbol query that no other one is equal to. */
    private record Question(String name, int limit) {
        String target() {
            return "/api/v1/symbols?match=exact&q=" + name + "&limit=" + limit;
        }

        FindSymbols query() {
            return new FindSymbols(
                    new NameMatch.Exact(name),
                    Set.of(),
                    Scope.EVERYWHERE,
                    null,
                    limit + 1, // one more than is shown: whether there is a next page
                    Deadline.in(Duration.ofSeconds(10)));
        }
    }

    @Test
    void overTheStoresOwnAnswer() throws Exception {
        Report report = new Report("gateway");
        TideScopeProcess.train();
        MillionLines code = MillionLines.read();
        Supplier<Question> questions = questions(code);
        try (RunningIndex index =
                        RunningIndex.cluster(
                                directory.resolve("data"),
                                List.of("--stores", "2", "--parsers", "1", "--gateways", "1"),
                                code.commit(directory.resolve("million")));
                DirectStores stores =
                        new DirectStores(
                                index.data(),
                                index.process().endpoints().getProperty("bootstrap"))) {
            for (int i = 0; i < 2; i++) {
                most(index.server(), questions);
                for (int j = 0; j < QUESTIONS; j++) {
                    stores.ask(questions.get().query());
                }
            }
            double most = most(index.server(), questions);
            report.line("%d clients: %,.0f questions a second", CLIENTS, most);
            SteadyLoad half = new SteadyLoad(most / 2);
            Added toStoresAlone = new Added();
            Added toStoresBeside = new Added();
            try (Connections connections = new Connections(index.server())) {
                for (int round = 0; round < ROUNDS; round++) {
                    Runnable direct = () -> stores.ask(questions.get().query());
                    Latencies alone = half.run(QUESTIONS, direct);
                    FutureTask<Latencies> beside =
                            new FutureTask<>(
                                    () ->
                                            new SteadyLoad(BESIDE_PER_SECOND)
                                                    .run(
                                                            (int)
                                                                    (BESIDE_PER_SECOND
                                                                            * QUESTIONS
                                                                            / (most / 2)),
                                                            direct));
                    Thread.startVirtualThread(beside);
                    Latencies gateway =
                            half.run(QUESTIONS, () -> connections.ask(questions.get().target()));
                    toStoresAlone.add(gateway, alone);
                    toStoresBeside.add(gateway, beside.get());
                    report.line(
                            "%,.0f a second: stores alone %s; gateway %s; stores beside it %s",
                            most / 2, alone, gateway, beside.get());
                }
            }
            report.line(
                    "middle of %d rounds: %s; to the stores alone %s",
                    ROUNDS, toStoresBeside, toStoresAlone);
        }
    }

    /** What the gateway adds, in milliseconds, round by round. */
    private static final class Added {
        private final List<Double> p50 = new ArrayList<>();
        private final List<Double> p99 = new ArrayList<>();

        void add(Latencies gateway, Latencies stores) {
            p50.add(gateway.millis(0.5) - stores.millis(0.5));
            p99.add(gateway.millis(0.99) - stores.millis(0.99));
        }

        private static double middle(List<Double> values) {
            return values.stream().sorted().toList().get(values.size() / 2);
        }

        @Override
        public String toString() {
            return "p50 + %.2f ms, p99 + %.2f ms".formatted(middle(p50), middle(p99));
        }
    }

    private Supplier<Question> questions(MillionLines code) {
        List<String> names = new ArrayList<>();
        for (String path : code.files().keySet()) {
            String name = path.substring(path.lastIndexOf('/') + 1, path.length() - 5);
            if (name.chars().allMatch(Character::isJavaIdentifierPart)) {
                names.add(name);
            }
        }
        Collections.shuffle(names, new Random(Long.getLong("seed", 42)));
        return () -> {
            int number = next.getAndIncrement();
            return new Question(
                    names.get(number % names.size()), LEAST_LIMIT + number / names.size() % LIMITS);
        };
    }

    /** Questions a second without a pause. */
    private static double most(URI server, Supplier<Question> questions) throws Exception {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < CLIENTS * REQUESTS; i++) {
            targets.add(questions.get().target());
        }
        long start = System.nanoTime();
        new HttpLoad(server, targets).run(CLIENTS, REQUESTS);
        return CLIENTS * REQUESTS / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Connections that are kept, as a client's pool does; whoever finds none idle waits for one. As
     * many as to both stores.
     */
    private static final class Connections implements AutoCloseable {
        private final URI server;
        private final Queue<HttpConnection> all = new ConcurrentLinkedQueue<>();
        private final BlockingQueue<HttpConnection> idle = new LinkedBlockingQueue<>();

        Connections(URI server) throws IOException {
            this.server = server;
            for (int i = 0; i < 2 * RoutingSettings.DEFAULT.maxAsks(); i++) {
                all.add(new HttpConnection(server));
            }
            idle.addAll(all);
        }

        void ask(String target) {
            try {
                HttpConnection connection = idle.take();
                boolean usable = false;
                try {
                    connection.ask(connection.get(target));
                    usable = true;
                } catch (HttpConnection.Refused e) {
                    usable = true;
                    throw e;
                } finally {
                    idle.add(usable ? connection : reconnected(connection));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private HttpConnection reconnected(HttpConnection broken) throws IOException {
            broken.close();
            HttpConnection connection = new HttpConnection(server);
            all.add(connection);
            return connection;
        }

        @Override
        public void close() throws IOException {
            for (HttpConnection connection : all) {
                connection.close();
            }
        }
    }
}
