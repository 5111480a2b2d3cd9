package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All objects that are applied together. */
record Deployed(String name, List<HasMetadata> objects) {
    private static final List<Deployed> ALL =
            Stream.concat(
                            Stream.of(base()),
                            Kubectl.isAvailable()
                                    ? Folder.overlays().stream().map(Deployed::built)
                                    : Stream.of())
                    .toList();

    /** The base as it is written, and what the overlays make of it where they can be built. */
    static List<Deployed> all() {
        return ALL;
    }

    private static Deployed base() {
        Folder folder = Folder.base();
        List<HasMetadata> objects = new ArrayList<>(folder.manifests());
        ConfigMap configuration = new ConfigMap();
        configuration.setMetadata(new ObjectMetaBuilder().withName("tidescope").build());
        configuration.setData(folder.generated());
        objects.add(configuration);
        return new Deployed(folder.name(), objects);
    }

    private static Deployed built(Folder folder) {
        return new Deployed(folder.name(), Manifests.read(Kubectl.kustomize(folder.path())));
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> Optional<T> find(Class<T> kind, String named) {
        return all(kind).stream()
                .filter(each -> each.getMetadata().getName().equals(named))
                .findFirst();
    }

    /** Of roles. */
    List<Workload> workloads() {
        List<Workload> workloads = lasting().filter(each -> !isMirror(each)).toList();
        assertThat(workloads).isNotEmpty();
        return workloads;
    }

    private Stream<Workload> lasting() {
        Stream<Workload> stores =
                all(StatefulSet.class).stream()
                        .map(
                                set ->
                                        new Workload(
                                                "StatefulSet",
                                                set.getMetadata().getName(),
                                                set.getSpec().getReplicas(),
                                                set.getSpec().getServiceName(),
                                                set.getSpec().getTemplate(),
                                                set.getSpec().getVolumeClaimTemplates().stream()
                                                        .map(claim -> claim.getMetadata().getName())
                                                        .toList()));
        Stream<Workload> others =
                all(Deployment.class).stream()
                        .map(
                                deployment ->
                                        new Workload(
                                                "Deployment",
                                                deployment.getMetadata().getName(),
                                                deployment.getSpec().getReplicas(),
                                                null,
                                                deployment.getSpec().getTemplate(),
                                                List.of()));
        return Stream.concat(stores, others);
    }

    private static boolean isMirror(Workload workload) {
        return workload.container().getArgs().getFirst().equals("region");
    }

    /** What mirrors another region, which is no role. */
    List<Workload> mirrors() {
        return lasting().filter(Deployed::isMirror).toList();
    }

    /** Of roles, mirrors and jobs. */
    List<Workload> pods() {
        return Stream.concat(lasting(), jobs().stream()).toList();
    }

    /** What is run by the clock, and is no role. */
    List<Workload> jobs() {
        return all(CronJob.class).stream()
                .map(
                        job ->
                                new Workload(
                                        "CronJob",
                                        job.getMetadata().getName(),
                                        1,
                                        null,
                                        job.getSpec().getJobTemplate().getSpec().getTemplate(),
                                        List.of()))
                .toList();
    }

    Workload workload(String named) {
        return workloads().stream()
                .filter(each -> each.name().equals(named))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no workload " + named + " in " + name));
    }

    /** Those whose pods have all of these labels. */
    List<Workload> selected(Map<String, String> labels) {
        return lasting()
                .filter(each -> each.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    /** Those whose pods a service leads to. */
    List<Workload> behind(Service service) {
        return selected(service.getSpec().getSelector());
    }

    @Override
    public String toString() {
        return name;
    }
}
