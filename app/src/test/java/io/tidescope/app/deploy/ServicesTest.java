package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What refers to workloads: services, autoscalers, budgets, accounts and what Prometheus is told.
 */
final class ServicesTest {
    private static final Pattern JOB = Pattern.compile("job=~?\"([^\"]*)\"");

    static List<Deployed> deployed() {
        return Deployed.all();
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void aServiceLeadsToPortsOfOneWorkload(Deployed deployed) {
        for (Service service : deployed.all(Service.class)) {
            String name = service.getMetadata().getName();
            assertThat(deployed.behind(service)).as(name).hasSize(1);
            Workload behind = deployed.behind(service).getFirst();
            assertThat(behind.name()).isEqualTo(name);
            for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(behind.port(port.getTargetPort()))
                        .as("%s of %s", port.getName(), name)
                        .isEqualTo(port.getPort());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void everyWorkloadSelectsItsOwnPodsOnly(Deployed deployed) {
        deployed.all(Deployment.class)
                .forEach(
                        each ->
                                assertThat(
                                                deployed.selected(
                                                        each.getSpec()
                                                                .getSelector()
                                                                .getMatchLabels()))
                                        .extracting(Workload::name)
                                        .containsExactly(each.getMetadata().getName()));
        for (StatefulSet set : deployed.all(StatefulSet.class)) {
            assertThat(deployed.selected(set.getSpec().getSelector().getMatchLabels()))
                    .extracting(Workload::name)
                    .containsExactly(set.getMetadata().getName());
            assertThat(deployed.find(Service.class, set.getSpec().getServiceName()))
                    .hasValueSatisfying(
                            service -> {
                                assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
                                assertThat(service.getSpec().getPublishNotReadyAddresses())
                                        .isTrue();
                            });
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void anAutoscalerHasATargetThatLeavesReplicasToIt(Deployed deployed) throws Exception {
        Set<String> scaled = new HashSet<>();
        String readme = Files.readString(Folder.ROOT.resolve("README.md"));
        for (HorizontalPodAutoscaler scaler : deployed.all(HorizontalPodAutoscaler.class)) {
            var target = scaler.getSpec().getScaleTargetRef();
            Workload workload = deployed.workload(target.getName());
            assertThat(workload.kind()).isEqualTo(target.getKind());
            assertThat(workload.replicas()).isNull();
            scaled.add(workload.name());
            scaler.getSpec().getMetrics().stream()
                    .flatMap(
                            metric ->
                                    Stream.of(
                                            metric.getPods() == null
                                                    ? ""
                                                    : metric.getPods().getMetric().getName(),
                                            metric.getExternal() == null
                                                    ? ""
                                                    : metric.getExternal().getMetric().getName()))
                    .forEach(name -> assertThat(readme).contains(name));
        }
        assertThat(deployed.workloads())
                .allMatch(each -> (each.replicas() == null) == scaled.contains(each.name()));
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void whatHasMoreThanOnePodHasABudget(Deployed deployed) {
        Set<String> budgets = new TreeSet<>();
        for (PodDisruptionBudget budget : deployed.all(PodDisruptionBudget.class)) {
            List<Workload> kept =
                    deployed.selected(budget.getSpec().getSelector().getMatchLabels());
            assertThat(kept).as(budget.getMetadata().getName()).hasSize(1);
            budgets.add(kept.getFirst().name());
        }
        deployed.workloads().stream()
                .filter(each -> !Integer.valueOf(1).equals(each.replicas()))
                .forEach(each -> assertThat(budgets).contains(each.name()));
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void nobodyIsGrantedAnything(Deployed deployed) {
        assertThat(deployed.all(Role.class)).allMatch(each -> each.getRules().isEmpty());
        for (RoleBinding binding : deployed.all(RoleBinding.class)) {
            assertThat(deployed.find(Role.class, binding.getRoleRef().getName())).isPresent();
            for (var subject : binding.getSubjects()) {
                assertThat(deployed.find(ServiceAccount.class, subject.getName())).isPresent();
                assertThat(subject.getNamespace()).isEqualTo(binding.getMetadata().getNamespace());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void metricsOfEveryPodAreRead(Deployed deployed) {
        Set<String> read = new HashSet<>();
        for (ServiceMonitor monitor : deployed.all(ServiceMonitor.class)) {
            var labels = monitor.getSpec().getSelector().getMatchLabels().entrySet();
            for (Service service : deployed.all(Service.class)) {
                if (service.getMetadata().getLabels().entrySet().containsAll(labels)) {
                    monitor.getSpec()
                            .getEndpoints()
                            .forEach(
                                    endpoint ->
                                            assertThat(service.getSpec().getPorts())
                                                    .extracting(ServicePort::getName)
                                                    .contains(endpoint.getPort()));
                    deployed.behind(service).forEach(each -> read.add(each.name()));
                }
            }
        }
        assertThat(deployed.workloads()).allMatch(each -> read.contains(each.name()));
    }

    /** The monitor says which label of the service that it found pods by names their job. */
    @ParameterizedTest
    @MethodSource("deployed")
    void rulesAskForJobsThatAreThere(Deployed deployed) {
        List<String> jobs =
                deployed.all(ServiceMonitor.class).stream()
                        .map(monitor -> monitor.getSpec().getJobLabel())
                        .flatMap(
                                label ->
                                        deployed.all(Service.class).stream()
                                                .map(it -> it.getMetadata().getLabels().get(label)))
                        .toList();
        for (PrometheusRule rules : deployed.all(PrometheusRule.class)) {
            rules.getSpec().getGroups().stream()
                    .flatMap(group -> group.getRules().stream())
                    .map(rule -> rule.getExpr().getStrVal())
                    .flatMap(expression -> JOB.matcher(expression).results())
                    .forEach(
                            job ->
                                    assertThat(jobs)
                                            .as(job.group())
                                            .anyMatch(name -> name.matches(job.group(1))));
        }
        assertThat(jobs)
                .contains("ingest", "parser", "store", "gateway", "archiver")
                .doesNotContainNull();
    }
}
