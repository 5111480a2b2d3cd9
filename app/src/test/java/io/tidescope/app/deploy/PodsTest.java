package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.tidescope.app.config.Address;
import io.tidescope.app.role.RoleProcess;
import io.tidescope.app.role.RoleWork;
import io.tidescope.app.role.Surroundings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What pods may do, and how they are looked after. */
final class PodsTest {
    private static final long USER = 10_001;

    static List<Deployed> deployed() {
        return Deployed.all();
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void containersMayDoNothingButRun(Deployed deployed) {
        for (Workload workload : deployed.pods()) {
            PodSecurityContext pod = workload.pod().getSecurityContext();
            assertThat(pod.getRunAsNonRoot()).as(workload.name()).isTrue();
            assertThat(pod.getRunAsUser()).isEqualTo(USER);
            assertThat(pod.getFsGroup()).isEqualTo(USER);
            assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            workload.containers().forEach(PodsTest::mayDoNothing);
        }
    }

    private static void mayDoNothing(Container container) {
        SecurityContext context = container.getSecurityContext();
        assertThat(context.getReadOnlyRootFilesystem()).as(container.getName()).isTrue();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
        assertThat(context.getPrivileged()).isNotEqualTo(true);
        assertThat(context.getRunAsUser()).isNull();
        // Native libraries are unpacked there.
        assertThat(container.getVolumeMounts())
                .anyMatch(each -> each.getMountPath().equals("/tmp"));
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void podsSeeNothingOfKubernetes(Deployed deployed) {
        for (Workload workload : deployed.pods()) {
            PodSpec pod = workload.pod();
            assertThat(pod.getEnableServiceLinks()).as(workload.name()).isFalse();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getHostNetwork()).isNotEqualTo(true);
            assertThat(deployed.find(ServiceAccount.class, pod.getServiceAccountName()))
                    .as("the account %s", pod.getServiceAccountName())
                    .hasValueSatisfying(
                            account ->
                                    assertThat(account.getAutomountServiceAccountToken())
                                            .isFalse());
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void allRunTheSameImageWhoseTagIsTheOverlays(Deployed deployed) {
        Set<String> images = new TreeSet<>();
        deployed.pods().stream()
                .filter(each -> !deployed.mirrors().contains(each))
                .forEach(each -> each.containers().forEach(it -> images.add(it.getImage())));

        deployed.mirrors()
                .forEach(
                        each ->
                                assertThat(images)
                                        .containsExactly(
                                                each.container()
                                                        .getImage()
                                                        .replace("tidescope-mirror", "tidescope")));
        assertThat(images).singleElement().asString().startsWith("tidescope:");
        assertThat(images.contains("tidescope:latest")).isEqualTo(deployed.name().equals("base"));
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void everyRoleIsLookedAtOnItsAdminPort(Deployed deployed) {
        for (Workload workload : deployed.workloads()) {
            Container container = workload.container();
            for (Probe probe : probes(container).toList()) {
                assertThat(workload.port(probe.getHttpGet().getPort()))
                        .as(workload.name())
                        .isEqualTo(workload.port("admin"));
            }
            assertThat(container.getStartupProbe().getHttpGet().getPath()).endsWith("/live");
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).endsWith("/live");
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).endsWith("/ready");
        }
    }

    private static Stream<Probe> probes(Container container) {
        return Stream.of(
                container.getStartupProbe(),
                container.getLivenessProbe(),
                container.getReadinessProbe());
    }

    @Test
    @Timeout(60)
    void whatIsAskedOnTheAdminPortIsServedThere() throws Exception {
        Set<String> paths = new TreeSet<>();
        for (Deployed deployed : Deployed.all()) {
            deployed.workloads().stream()
                    .flatMap(each -> probes(each.container()))
                    .map(Probe::getHttpGet)
                    .map(HTTPGetAction::getPath)
                    .forEach(paths::add);
            deployed.all(ServiceMonitor.class).stream()
                    .flatMap(each -> each.getSpec().getEndpoints().stream())
                    .forEach(endpoint -> paths.add(endpoint.getPath()));
        }
        assertThat(paths).hasSize(3);

        try (RoleProcess process = new RoleProcess(new Address("127.0.0.1", 0), new NoWork());
                HttpClient client = HttpClient.newHttpClient()) {
            process.start(failure -> {});
            for (String path : paths) {
                URI uri = URI.create("http://" + process.admin() + path);
                assertThat(
                                client.send(
                                        HttpRequest.newBuilder(uri).build(),
                                        BodyHandlers.ofString()))
                        .as(path)
                        .matches(answer -> answer.statusCode() == 200);
            }
        }
    }

    private record NoWork() implements RoleWork {
        @Override
        public void start(Surroundings surroundings) {}

        @Override
        public Map<String, Object> status() {
            return Map.of();
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void podsOfARoleAreSpreadOverZones(Deployed deployed) {
        for (Workload workload : deployed.workloads()) {
            if (Integer.valueOf(1).equals(workload.replicas())) {
                continue;
            }
            assertThat(workload.pod().getTopologySpreadConstraints())
                    .as(workload.name())
                    .anyMatch(
                            spread -> spread.getTopologyKey().equals("topology.kubernetes.io/zone"))
                    .allMatch(
                            spread ->
                                    deployed.selected(spread.getLabelSelector().getMatchLabels())
                                            .equals(List.of(workload)));
        }
    }
}
