package io.tidescope.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.fault.FaultKind;
import io.tidescope.testing.fault.Scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Scenarios of consecutive seeds on a cluster of processes, as many as {@code -Dscenarios=} says
 * from {@code -Dseed=} on. {@code docs/faults.md} says what goes wrong in them and what holds.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
final class FaultsIT {
    private static final long SEED = Long.getLong("seed", 2);
    private static final int SCENARIOS = Integer.getInteger("scenarios", 3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path temporary;

    @Test
    void everyInvariantHoldsWhateverGoesWrong() throws Exception {
        GitRepository repository = GitRepository.create(temporary.resolve(Workload.REPOSITORY));
        List<Played> played = new ArrayList<>();
        try (Workload workload = new Workload(repository)) {
            workload.push();
            try (FaultCluster cluster = FaultCluster.start(temporary, repository.directory())) {
                List<FaultKind> possible = cluster.possible();
                FaultRunner runner = new FaultRunner(cluster, workload);
                assertThat(runner.settle()).isEmpty();
                for (long seed = SEED; seed < SEED + SCENARIOS; seed++) {
                    Played one = runner.play(Scenario.of(seed, possible, FaultCluster.SHAPE));
                    played.add(one);
                    System.out.print(one.describe());
                }
                assertThat(runner.order()).isEmpty();
            } finally {
                System.out.println(workload.counts());
            }
        } finally {
            System.out.print(played.isEmpty() ? "" : FaultReport.of(played));
        }
        assertThat(played).allSatisfy(one -> assertThat(one.violations()).isEmpty());
    }
}
