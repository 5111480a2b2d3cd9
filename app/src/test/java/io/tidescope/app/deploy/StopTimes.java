package io.tidescope.app.deploy;

import io.fabric8.kubernetes.api.model.Lifecycle;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long Kubernetes leaves processes to stop before it ends them. */
public final class StopTimes {
    private StopTimes() {}

    /** From the signal on, by the overlay and the workload. */
    public static Map<String, Duration> all() {
        return Deployed.all().stream()
                .flatMap(StopTimes::of)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<Map.Entry<String, Duration>> of(Deployed deployed) {
        return deployed.workloads().stream()
                .map(
                        workload ->
                                Map.entry(
                                        deployed.name() + " " + workload.name(),
                                        Duration.ofSeconds(
                                                        workload.pod()
                                                                .getTerminationGracePeriodSeconds())
                                                .minus(before(workload))));
    }

    /** What is waited for before the signal counts as well. */
    private static Duration before(Workload workload) {
        Lifecycle lifecycle = workload.container().getLifecycle();
        return lifecycle == null
                ? Duration.ZERO
                : Duration.ofSeconds(lifecycle.getPreStop().getSleep().getSeconds());
    }
}
