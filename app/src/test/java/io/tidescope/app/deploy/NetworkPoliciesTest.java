package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.Role;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who may talk to whom: those that must, and nobody else. */
final class NetworkPoliciesTest {
    @TempDir private Path temporary;

    static List<Deployed> deployed() {
        return Deployed.all();
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void nothingIsAllowedThatIsNotSaid(Deployed deployed) {
        assertThat(deployed.all(NetworkPolicy.class))
                .filteredOn(each -> each.getSpec().getPodSelector().getMatchLabels().isEmpty())
                .filteredOn(each -> each.getSpec().getPodSelector().getMatchExpressions().isEmpty())
                .singleElement()
                .satisfies(
                        all -> {
                            assertThat(all.getSpec().getPolicyTypes())
                                    .containsExactlyInAnyOrder("Ingress", "Egress");
                            assertThat(all.getSpec().getIngress()).isEmpty();
                            assertThat(all.getSpec().getEgress()).isEmpty();
                        });
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void everyPortThatIsLetInIsOneOfThePods(Deployed deployed) {
        for (NetworkPolicy policy : deployed.all(NetworkPolicy.class)) {
            assertThat(policy.getSpec().getPolicyTypes()).isNotEmpty();
            for (Workload workload : deployed.workloads()) {
                if (!Talk.selects(policy.getSpec().getPodSelector(), workload)) {
                    continue;
                }
                policy.getSpec().getIngress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(NetworkPolicyPort::getPort)
                        .forEach(
                                port ->
                                        assertThat(workload.ports().values())
                                                .as(policy.getMetadata().getName())
                                                .contains(port.getIntVal()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void rolesTalkToThoseThatTheyAskAndToNobodyElse(Deployed deployed) {
        Set<String> expected = new TreeSet<>();
        for (Workload from : deployed.workloads()) {
            for (Workload to : deployed.workloads()) {
                boolean asks =
                        switch (to.role()) {
                            case STORE -> from.name().equals("tidescope-gateway");
                            case REGISTRY -> !from.equals(to);
                            case INGEST, PARSER, GATEWAY, ARCHIVER -> false;
                        };
                if (asks) {
                    String port = to.name().equals("tidescope-store") ? "store" : "registry";
                    expected.add(talk(from, to, to.port(port)));
                }
            }
        }

        Set<String> out = new TreeSet<>();
        Set<String> in = new TreeSet<>();
        Talk talk = new Talk(deployed.all(NetworkPolicy.class));
        for (Workload from : deployed.workloads()) {
            for (Workload to : deployed.workloads()) {
                for (int port : to.ports().values()) {
                    if (talk.letsOut(from, to, port)) {
                        out.add(talk(from, to, port));
                    }
                    if (talk.letsIn(from, to, port)) {
                        in.add(talk(from, to, port));
                    }
                }
            }
        }
        // Each side by itself, so that a slip on one is not made up for by the other.
        assertThat(out).isEqualTo(expected);
        assertThat(in).isEqualTo(expected);
    }

    private static String talk(Workload from, Workload to, int port) {
        return "%s to %s at %d".formatted(from.name(), to.name(), port);
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void everyRoleReachesItsBrokersAndItsRegistry(Deployed deployed) throws IOException {
        Talk talk = new Talk(deployed.all(NetworkPolicy.class));
        for (Workload workload : deployed.workloads()) {
            Path root = Files.createDirectories(temporary.resolve(workload.name()));
            RoleInPod role =
                    RoleInPod.read(
                            workload.role(),
                            new StartedPod(deployed, workload, root).configuration());
            Stream<Integer> brokers =
                    Stream.of(role.cluster().kafka().bootstrapServers().split(","))
                            .map(broker -> broker.substring(broker.lastIndexOf(':') + 1))
                            .map(Integer::valueOf);
            Stream<Integer> asked = role.asked().stream().map(Address::port);
            Stream.concat(brokers, asked)
                    .forEach(
                            port ->
                                    assertThat(talk.portsThatMayBeAsked(workload))
                                            .as(workload.name())
                                            .contains(port));
            assertThat(talk.portsThatMayBeAsked(workload)).contains(Talk.NAMES);
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void rolesThatTraceReachACollector(Deployed deployed) {
        Talk talk = new Talk(deployed.all(NetworkPolicy.class));
        for (Workload workload : deployed.workloads()) {
            assertThat(talk.portsThatMayBeAsked(workload).contains(Talk.TRACES))
                    .as(workload.name())
                    .isEqualTo(!Set.of(Role.REGISTRY, Role.ARCHIVER).contains(workload.role()));
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void prometheusReachesEveryAdminPort(Deployed deployed) {
        Talk talk = new Talk(deployed.all(NetworkPolicy.class));
        for (Workload workload : deployed.workloads()) {
            assertThat(talk.portsOpenToNamespace(workload, "monitoring"))
                    .as(workload.name())
                    .containsExactly(workload.port("admin"));
        }
    }
}
