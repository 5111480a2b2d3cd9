package io.tidescope.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.fault.Marks;
import io.tidescope.testing.fault.Target;
import io.tidescope.testing.fault.Violation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Nodes are stopped and started again one after the other, while others push and ask. */
@Timeout(400)
final class RollingRestartIT {
    private static final String OTHER_JAR = "tidescope.other";

    /** How long all have been ready before the next is restarted: {@code minReadySeconds}. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path temporary;

    @Test
    void ofAllStoresLosesNoQuestionAndAnswersNoneWrongly() throws Exception {
        GitRepository repository = GitRepository.create(temporary.resolve(Workload.REPOSITORY));
        try (Workload workload = new Workload(repository)) {
            workload.push();
            try (FaultCluster cluster = FaultCluster.start(temporary, repository.directory())) {
                restart(cluster, workload, FaultCluster.targets(Target.Role.STORE));
            }
            assertThat(workload.lost()).isEmpty();
        }
    }

    /**
     * From the version whose {@code tidescope.jar} is named, with its libraries beside it, to this
     * one: for as long as it takes, processes of both are one cluster.
     */
    @Test
    @EnabledIfSystemProperty(named = OTHER_JAR, matches = ".+")
    void takesAClusterFromAnotherVersionToThisOne() throws Exception {
        Path jar = Path.of(System.getProperty(OTHER_JAR));
        GitRepository repository = GitRepository.create(temporary.resolve(Workload.REPOSITORY));
        try (Workload workload = new Workload(repository)) {
            workload.push();
            try (FaultCluster cluster =
                    FaultCluster.startOther(temporary, repository.directory(), jar)) {
                restart(cluster, workload, FaultCluster.targets(Target.Role.STORE));
                // Stores of the other version had a part in it, and lose what they lose.
                System.out.println("not answered in full: " + workload.lost());
                restart(
                        cluster,
                        workload,
                        FaultCluster.targets(
                                Target.Role.REGISTRY,
                                Target.Role.PARSER,
                                Target.Role.INGEST,
                                Target.Role.GATEWAY));
            }
        }
    }

    /**
     * Waits as an orchestrator does that is told to: after a node has come back, the group still
     * moves partitions for some seconds.
     */
    private static List<Violation> awaitSteady(FaultCluster cluster) {
        AtomicLong since = new AtomicLong(System.nanoTime());
        return new RecoveryWithinABound()
                .await(
                        "all are ready for " + STEADY,
                        () -> {
                            long now = System.nanoTime();
                            if (!cluster.notReady(cluster.all()).isEmpty()) {
                                since.set(now);
                            }
                            return now - since.get() > STEADY.toNanos();
                        },
                        () -> cluster.notReady(cluster.all()).toString());
    }

    private static void restart(FaultCluster cluster, Workload workload, List<Target> nodes) {
        FaultRunner runner = new FaultRunner(cluster, workload);
        assertThat(runner.settle()).isEmpty();
        assertThat(awaitSteady(cluster)).isEmpty();
        workload.start(cluster.client());
        List<Violation> violations = new ArrayList<>();
        for (Target node : nodes) {
            cluster.upgrade(node);
            violations.addAll(awaitSteady(cluster));
        }
        workload.stopPushing();
        List<Marks.Push> pushes = workload.pushes();
        violations.addAll(runner.settle());
        violations.addAll(workload.stopAsking());
        violations.addAll(EveryAcknowledgedPushBecomesVisible.check(cluster.client(), pushes));
        System.out.println(workload.counts());
        assertThat(violations).isEmpty();
        assertThat(cluster.takeRevived()).isEmpty();
        assertThat(pushes).isNotEmpty();
        assertThat(workload.everyKindWasAnswered()).isTrue();
    }
}
