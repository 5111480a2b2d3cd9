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
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes are stopped and started again one after the other, while others push and ask. What is not
 * answered in full is printed and not refused: {@code docs/faults.md} says how often that was.
 */
@Timeout(400)
final class RollingRestartIT {
    private static final String OTHER_JAR = "tidescope.other";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path temporary;

    @Test
    void ofAllStoresAnswersNoQuestionWrongly() throws Exception {
        GitRepository repository = GitRepository.create(temporary.resolve(Workload.REPOSITORY));
        try (Workload workload = new Workload(repository)) {
            workload.push();
            try (FaultCluster cluster = FaultCluster.start(temporary, repository.directory())) {
                restart(cluster, workload, FaultCluster.targets(Target.Role.STORE));
            }
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

    private static void restart(FaultCluster cluster, Workload workload, List<Target> nodes) {
        FaultRunner runner = new FaultRunner(cluster, workload);
        assertThat(runner.settle()).isEmpty();
        workload.start(cluster.client());
        List<Violation> violations = new ArrayList<>();
        for (Target node : nodes) {
            cluster.upgrade(node);
            violations.addAll(
                    new RecoveryWithinABound()
                            .await(
                                    node + " is ready again",
                                    () -> cluster.notReady(cluster.all()).isEmpty(),
                                    () -> cluster.notReady(cluster.all()).toString()));
        }
        workload.stopPushing();
        List<Marks.Push> pushes = workload.pushes();
        violations.addAll(runner.settle());
        violations.addAll(workload.stopAsking());
        violations.addAll(EveryAcknowledgedPushBecomesVisible.check(cluster.client(), pushes));
        System.out.println(workload.counts() + ", not in full: " + workload.lost());
        assertThat(violations).isEmpty();
        assertThat(cluster.takeRevived()).isEmpty();
        assertThat(pushes).isNotEmpty();
        assertThat(workload.everyKindWasAnswered()).isTrue();
    }
}
