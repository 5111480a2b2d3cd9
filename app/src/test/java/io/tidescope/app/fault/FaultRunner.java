package io.tidescope.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.testing.ExpectedDocument;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.IndexEqualsOracle;
import io.tidescope.testing.NoGhostSymbols;
import io.tidescope.testing.Oracle;
import io.tidescope.testing.OrderPerDocument;
import io.tidescope.testing.fault.Marks;
import io.tidescope.testing.fault.Scenario;
import io.tidescope.testing.fault.Violation;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays scenarios, one after the other, on one cluster: pushes and asks all the while, waits until
 * the faults are over and everything is well again, and holds the invariants.
 */
final class FaultRunner {
    private static final Duration FAULT_LIMIT = Duration.ofSeconds(240);
    private static final int NAMES = 40;

    private final FaultCluster cluster;
    private final Workload workload;
    private final IndexClient client;

    /** What it reads is compared: standbys may be behind. */
    private final IndexClient active;

    FaultRunner(FaultCluster cluster, Workload workload) {
        this.cluster = cluster;
        this.workload = workload;
        client = cluster.client();
        active = client.strong();
    }

    /** Waits until what was pushed before the cluster ran is indexed. */
    List<Violation> settle() {
        return recover(new RecoveryWithinABound(), workload.push());
    }

    Played play(Scenario scenario) throws InterruptedException {
        long begun = System.nanoTime();
        List<Violation> violations = new ArrayList<>();
        Map<String, ExpectedDocument> before = expected();
        workload.start(client);
        inject(scenario, violations);
        workload.stopPushing();
        RecoveryWithinABound recovery = new RecoveryWithinABound();
        Marks.Push last = workload.push();
        violations.addAll(recover(recovery, last));
        Duration recovered = recovery.elapsed();
        if (violations.isEmpty()) {
            violations.addAll(compare(scenario, before, recovery));
            // What was found damaged only now is built again meanwhile.
            violations.addAll(awaitReady(recovery));
            violations.addAll(EveryAcknowledgedPushBecomesVisible.check(client, workload.pushes()));
            violations.addAll(NoNodeHangs.check(cluster));
        }
        violations.addAll(workload.stopAsking());
        return new Played(
                scenario,
                recovered,
                Duration.ofNanos(System.nanoTime() - begun),
                cluster.takeRevived(),
                List.copyOf(violations));
    }

    /** Looks at all that the cluster has written. */
    List<Violation> order() {
        try {
            new OrderPerDocument(cluster.connection(), new HttpSchemaRegistry(cluster.registry()))
                    .check();
            return List.of();
        } catch (AssertionError e) {
            return List.of(Violation.of(OrderPerDocument.class, String.valueOf(e.getMessage())));
        }
    }

    private Map<String, ExpectedDocument> expected() {
        return Oracle.read(workload.repository().files("HEAD"));
    }

    private void inject(Scenario scenario, List<Violation> violations) throws InterruptedException {
        Injector injector = new Injector(cluster, workload, new Random(scenario.seed()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> faults = new ArrayList<>();
            for (Scenario.Step step : scenario.steps()) {
                LockSupport.parkNanos(step.pause().toNanos());
                faults.add(threads.submit(() -> injector.inject(step.fault())));
            }
            for (Future<?> fault : faults) {
                try {
                    fault.get(FAULT_LIMIT.toSeconds(), TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    violations.add(
                            Violation.of(FaultRunner.class, "a fault could not be made: " + e));
                    threads.shutdownNow();
                }
            }
        }
    }

    private List<Violation> recover(RecoveryWithinABound recovery, Marks.Push last) {
        List<Violation> violations = new ArrayList<>();
        violations.addAll(
                recovery.await(
                        last + " is visible",
                        () -> workload.isVisible(client, last),
                        () -> status() + cluster.notReady(cluster.all())));
        violations.addAll(awaitReady(recovery));
        return violations;
    }

    private List<Violation> awaitReady(RecoveryWithinABound recovery) {
        return recovery.await(
                "every process is ready",
                () -> cluster.notReady(cluster.all()).isEmpty(),
                () -> cluster.notReady(cluster.all()).toString());
    }

    private String status() {
        try {
            return client.ask("/status", Map.of()).toString();
        } catch (UncheckedIOException e) {
            return e.toString();
        }
    }

    /** A partition that turns out to be damaged only now may be built again, within the bound. */
    private List<Violation> compare(
            Scenario scenario,
            Map<String, ExpectedDocument> before,
            RecoveryWithinABound recovery) {
        Map<String, ExpectedDocument> after = expected();
        List<Violation> violations = new ArrayList<>();
        violations.addAll(
                recovery.await(
                        "the index is read",
                        () -> {
                            violations.clear();
                            return attempt(
                                            violations,
                                            IndexEqualsOracle.class,
                                            () ->
                                                    new IndexEqualsOracle(
                                                                    active, Workload.REPOSITORY)
                                                            .checkSample(
                                                                    after,
                                                                    NAMES,
                                                                    new Random(scenario.seed())))
                                    && attempt(
                                            violations,
                                            NoGhostSymbols.class,
                                            () -> checkGone(before, after));
                        },
                        this::status));
        return violations;
    }

    /** Every push takes names away, so that there is something to look for. */
    private void checkGone(
            Map<String, ExpectedDocument> before, Map<String, ExpectedDocument> after) {
        int gone = new NoGhostSymbols(active, Workload.REPOSITORY).check(before, after);
        assertThat(gone).isPositive();
    }

    /**
     * @return whether there was an answer, right or wrong
     */
    private static boolean attempt(List<Violation> violations, Class<?> invariant, Runnable check) {
        try {
            check.run();
            return true;
        } catch (UncheckedIOException | IndexClient.NotAnswered e) {
            return false;
        } catch (AssertionError | RuntimeException e) {
            violations.add(Violation.of(invariant, e.toString()));
            return true;
        }
    }
}
