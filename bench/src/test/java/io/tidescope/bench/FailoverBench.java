package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/**
 * What whoever asks sees of the kill -9 of a store.
 *
 * <p>Method: {@code cluster up} with two stores, a parser and a gateway over a million lines, each
 * partition active on one store and standby on the other. Exact symbol queries come at a steady
 * rate in both modes of consistency. A store is killed, and is started again by its supervisor at
 * once; questions go on for 20 seconds. When both hold everything again the other store is killed,
 * and so on. Measured from the kill: how long {@code available} answers took that were due within 8
 * seconds, and how many of them failed or were partial; and when the last {@code strong} answer
 * came that was partial or failed.
 */
class FailoverBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 6);
    private static final double AVAILABLE_PER_SECOND = 50;
    private static final double STRONG_PER_SECOND = 10;
    private static final Duration WATCHED = Duration.ofSeconds(20);
    private static final Duration FAILOVER = Duration.ofSeconds(8);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path directory;

    /**
     * An answer.
     *
     * @param due when it should have been asked, in nanoseconds
     * @param whole whether it was an answer with nothing missing
     */
    private record Answer(long due, long nanos, boolean whole) {}

    @Test
    void killedStores() throws Exception {
        Report report = new Report("failover");
        TideScopeProcess.train();
        MillionLines code = MillionLines.read();
        try (RunningIndex index =
                RunningIndex.cluster(
                        directory.resolve("data"),
                        List.of("--stores", "2", "--parsers", "1", "--gateways", "1"),
                        code.commit(directory.resolve("million")))) {
            for (int round = 0; round < ROUNDS; round++) {
                awaitSettled(index);
                killAndWatch(report, index, "store-" + (1 + round % 2));
            }
        }
    }

    private static void killAndWatch(Report report, RunningIndex index, String store)
            throws InterruptedException {
        IndexClient client = index.index();
        Queue<Answer> available = new ConcurrentLinkedQueue<>();
        Queue<Answer> strong = new ConcurrentLinkedQueue<>();
        Thread strongly =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        ask(
                                                STRONG_PER_SECOND,
                                                due -> strong.add(answer(client, "strong", due))));
        long killed = System.nanoTime();
        assertThat(index.process().node(store).destroyForcibly()).isTrue();
        ask(AVAILABLE_PER_SECOND, due -> available.add(answer(client, "available", due)));
        strongly.join();
        List<Answer> failover =
                available.stream()
                        .filter(answer -> answer.due() - killed < FAILOVER.toNanos())
                        .toList();
        report.line(
                "%s killed: available %s, %d of them not whole; strong %s",
                store,
                new Latencies(failover.stream().mapToLong(Answer::nanos).toArray()),
                failover.stream().filter(answer -> !answer.whole()).count(),
                wholeAgain(List.copyOf(strong), killed));
    }

    private static String wholeAgain(List<Answer> answers, long killed) {
        Answer last = answers.stream().max(Comparator.comparingLong(Answer::due)).orElseThrow();
        if (!last.whole()) {
            return "not whole again within " + WATCHED.toSeconds() + " s";
        }
        long nanos =
                answers.stream()
                        .filter(answer -> !answer.whole())
                        .mapToLong(answer -> answer.due() + answer.nanos() - killed)
                        .max()
                        .orElse(0);
        return "whole again after %.2f s".formatted(nanos / 1e9);
    }

    private static void ask(double perSecond, LongConsumer question) {
        try {
            new SteadyLoad(perSecond).run(WATCHED, question);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(IndexClient client, String consistency, long due) {
        boolean whole = isWhole(client, consistency);
        return new Answer(due, System.nanoTime() - due, whole);
    }

    private static boolean isWhole(IndexClient client, String consistency) {
        try {
            IndexClient.Response response =
                    client.ask(
                            "/symbols",
                            Map.of(
                                    "q",
                                    "StringUtils",
                                    "match",
                                    "exact",
                                    "consistency",
                                    consistency));
            return response.status() == 200 && response.json().path("complete").asBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Both stores hold all partitions, one as the active node, the other as its standby. */
    private static void awaitSettled(RunningIndex index) {
        String bootstrap = index.process().endpoints().getProperty("bootstrap");
        Eventually.until(
                LIMIT,
                "all partitions have an active node and a standby",
                () ->
                        DirectStores.allHoldAll(index.data(), bootstrap)
                                && isWhole(index.index(), "strong"));
    }
}
