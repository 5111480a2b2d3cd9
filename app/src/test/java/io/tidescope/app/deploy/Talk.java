package io.tidescope.app.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What network policies of one namespace allow, as far as ours go: by labels of pods and
 * namespaces, and by numbers of ports.
 */
record Talk(List<NetworkPolicy> policies) {
    /** Where names are looked up. */
    static final int NAMES = 53;

    /** Of OTLP over HTTP. */
    static final int TRACES = 4318;

    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    static boolean selects(LabelSelector selector, Workload workload) {
        Map<String, String> labels = workload.labels();
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream()
                        .allMatch(
                                each -> {
                                    if (!each.getOperator().equals("In")) {
                                        throw new AssertionError("not known: " + each);
                                    }
                                    return each.getValues().contains(labels.get(each.getKey()));
                                });
    }

    /** Whether pods may ask others of the same namespace, if those let them in. */
    boolean letsOut(Workload from, Workload to, int port) {
        return egress(from)
                .anyMatch(
                        rule ->
                                ports(rule.getPorts()).contains(port)
                                        && (rule.getTo().isEmpty()
                                                || rule.getTo().stream()
                                                        .anyMatch(peer -> isPeer(peer, to))));
    }

    /** Whether pods may be asked by others of the same namespace, if those may go out. */
    boolean letsIn(Workload from, Workload to, int port) {
        return ingress(to)
                .anyMatch(
                        rule ->
                                ports(rule.getPorts()).contains(port)
                                        && (rule.getFrom().isEmpty()
                                                || rule.getFrom().stream()
                                                        .anyMatch(peer -> isPeer(peer, from))));
    }

    /** Of pods in the namespace of the policies; namespaces are others. */
    private static boolean isPeer(NetworkPolicyPeer peer, Workload workload) {
        return peer.getNamespaceSelector() == null
                && peer.getIpBlock() == null
                && selects(peer.getPodSelector(), workload);
    }

    /** Wherever it may be that they are asked. */
    Set<Integer> portsThatMayBeAsked(Workload from) {
        return egress(from)
                .flatMap(rule -> ports(rule.getPorts()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<Integer> portsOpenToNamespace(Workload to, String namespace) {
        return ingress(to)
                .filter(
                        rule ->
                                rule.getFrom().stream()
                                        .map(NetworkPolicyPeer::getNamespaceSelector)
                                        .anyMatch(
                                                selector ->
                                                        selector != null
                                                                && namespace.equals(
                                                                        selector.getMatchLabels()
                                                                                .get(NAMESPACE))))
                .flatMap(rule -> ports(rule.getPorts()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<NetworkPolicyEgressRule> egress(Workload from) {
        return of(from, "Egress").flatMap(each -> each.getSpec().getEgress().stream());
    }

    private Stream<NetworkPolicyIngressRule> ingress(Workload to) {
        return of(to, "Ingress").flatMap(each -> each.getSpec().getIngress().stream());
    }

    private Stream<NetworkPolicy> of(Workload workload, String type) {
        return policies.stream()
                .filter(each -> each.getSpec().getPolicyTypes().contains(type))
                .filter(each -> selects(each.getSpec().getPodSelector(), workload));
    }

    /** No ports would be all of them, which none of ours says. */
    private static Set<Integer> ports(List<NetworkPolicyPort> ports) {
        if (ports.isEmpty()) {
            throw new AssertionError("a rule for all ports");
        }
        return ports.stream().map(each -> each.getPort().getIntVal()).collect(Collectors.toSet());
    }
}
