package io.tidescope.app.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.tidescope.app.config.Role;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods that are alike, all of one role.
 *
 * @param kind of what makes them
 * @param replicas null when it is left to an autoscaler
 * @param service that gives each pod a name in the network; null for none
 * @param claims volumes that each pod has for itself
 */
record Workload(
        String kind,
        String name,
        @Nullable Integer replicas,
        @Nullable String service,
        PodTemplateSpec template,
        List<String> claims) {
    PodSpec pod() {
        return template.getSpec();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    /** The one that runs the role. */
    Container container() {
        return pod().getContainers().getFirst();
    }

    Stream<Container> containers() {
        return Stream.concat(pod().getContainers().stream(), pod().getInitContainers().stream());
    }

    /** As it is told on the command line. */
    Role role() {
        return Role.valueOf(container().getArgs().getFirst().toUpperCase(Locale.ROOT));
    }

    /** Of containers, by their names. */
    Map<String, Integer> ports() {
        return container().getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    }

    int port(String called) {
        return Objects.requireNonNull(ports().get(called), () -> called + " of " + name);
    }

    /** What a pod asks for and is never given more than, in bytes. */
    long memory() {
        ResourceRequirements resources = container().getResources();
        Quantity requested = Objects.requireNonNull(resources.getRequests().get("memory"), name);
        if (!requested.equals(resources.getLimits().get("memory"))) {
            throw new AssertionError("another limit of memory than is requested for " + name);
        }
        return Quantity.getAmountInBytes(requested).longValueExact();
    }

    /** The number of a port that is referred to by its name or number; -1 when there is none. */
    int port(IntOrString reference) {
        Integer number = reference.getIntVal();
        if (number != null) {
            return ports().containsValue(number) ? number : -1;
        }
        return ports().getOrDefault(reference.getStrVal(), -1);
    }

    /** Of the first pod, as it is named by what makes it. */
    String podName() {
        return kind.equals("StatefulSet") ? name + "-0" : name + "-5c689d88bb-x7k2p";
    }

    @Override
    public String toString() {
        return name;
    }
}
