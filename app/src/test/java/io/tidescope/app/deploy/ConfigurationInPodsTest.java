package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.ArchiveLocation;
import io.tidescope.app.config.IngestConfiguration;
import io.tidescope.app.config.NodeTls;
import io.tidescope.app.config.ParserConfiguration;
import io.tidescope.app.config.Role;
import io.tidescope.app.config.StoreConfiguration;
import io.tidescope.recovery.object.S3Credentials;
import io.tidescope.recovery.object.S3Location;
import io.tidescope.schemas.Topics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one configuration file, read for each role as that reads it in its pod. */
final class ConfigurationInPodsTest {
    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)([mg])");
    private static final long MIB = 1L << 20;

    /** What a JVM takes besides its heap: code, classes, threads and buffers. */
    private static final long OUTSIDE_OF_THE_HEAP = 256 * MIB;

    @TempDir private Path temporary;

    static List<Deployed> deployed() {
        return Deployed.all();
    }

    private RoleInPod read(Deployed deployed, Workload workload) throws IOException {
        return RoleInPod.read(workload.role(), pod(deployed, workload).configuration());
    }

    private StartedPod pod(Deployed deployed, Workload workload) throws IOException {
        Path root = Files.createDirectories(temporary.resolve(workload.name()));
        return new StartedPod(deployed, workload, root);
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void everyRoleListensForOthersOnThePortsOfItsContainer(Deployed deployed) throws IOException {
        for (Workload workload : deployed.workloads()) {
            List<Address> listens = read(deployed, workload).listens();

            assertThat(listens)
                    .as(workload.name())
                    .extracting(Address::host)
                    .containsOnly("0.0.0.0");
            assertThat(listens)
                    .as(workload.name())
                    .extracting(Address::port)
                    .containsExactlyInAnyOrderElementsOf(workload.ports().values());
            assertThat(listens.getLast().port()).isEqualTo(workload.port("admin"));
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void whoIsAskedIsAPodOrAServiceOrElsewhere(Deployed deployed) throws IOException {
        boolean ownRegistry =
                deployed.workloads().stream()
                        .anyMatch(it -> it.name().equals("tidescope-registry"));
        for (Workload workload : deployed.workloads()) {
            for (Address asked : read(deployed, workload).asked()) {
                if (asked.host().startsWith("tidescope-store-")) {
                    assertThat(podsOfStores(deployed)).contains(asked);
                } else if (ownRegistry) {
                    assertThat(deployed.all(Service.class))
                            .as("%s", asked)
                            .anyMatch(service -> leadsTo(service, asked));
                } else if (!deployed.name().equals("base")) {
                    assertThat(asked.host()).contains(".");
                }
            }
        }
    }

    private static boolean leadsTo(Service service, Address asked) {
        return service.getMetadata().getName().equals(asked.host())
                && service.getSpec().getPorts().stream()
                        .anyMatch(port -> port.getPort() == asked.port());
    }

    /** By their names under the service that they have for it. */
    private static Set<Address> podsOfStores(Deployed deployed) {
        Workload stores = stores(deployed);
        Set<Address> pods = new HashSet<>();
        for (int i = 0; i < Objects.requireNonNull(stores.replicas()); i++) {
            pods.add(
                    new Address(
                            "%s-%d.%s".formatted(stores.name(), i, stores.service()),
                            stores.port("store")));
        }
        return pods;
    }

    private static Workload stores(Deployed deployed) {
        return deployed.workload("tidescope-store");
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void aStoreIsCalledAsItsPodAndKeepsItsPartitionsOnItsOwnDisk(Deployed deployed)
            throws IOException {
        Workload workload = stores(deployed);
        StartedPod pod = pod(deployed, workload);
        StoreConfiguration store = pod.configuration().store();

        assertThat(store.nodeId()).isEqualTo(workload.podName());
        assertThat(podsOfStores(deployed)).contains(store.advertised());
        assertThat(workload.container().getVolumeMounts())
                .filteredOn(mount -> workload.claims().contains(mount.getName()))
                .extracting(VolumeMount::getMountPath)
                .anyMatch(mounted -> pod.inPod(store.directory()).startsWith(mounted + "/"));
        assertThat(store.standbys()).isLessThan(Objects.requireNonNull(workload.replicas()));
        assertThat(store.rack() != null)
                .isEqualTo(Set.of("production", "secondary-region").contains(deployed.name()));
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void storesAndGatewaysOfProductionShowEachOtherCertificates(Deployed deployed)
            throws IOException {
        boolean encrypted = Set.of("production", "secondary-region").contains(deployed.name());
        NodeTls store = pod(deployed, stores(deployed)).configuration().store().tls();
        NodeTls gateway =
                pod(deployed, deployed.workload("tidescope-gateway"))
                        .configuration()
                        .gateway()
                        .tls();

        assertThat(store != null).isEqualTo(encrypted);
        assertThat(gateway != null).isEqualTo(encrypted);
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void backupsAreOnAVolumeThatStaysOrInABucketWithItsKeys(Deployed deployed) throws IOException {
        Workload workload = deployed.workload("tidescope-archiver");
        StartedPod pod = pod(deployed, workload);
        switch (pod.configuration().archiver().archive()) {
            case ArchiveLocation.Directory(Path directory) ->
                    assertThat(claimOf(workload, pod.inPod(directory)))
                            .hasValueSatisfying(
                                    claim ->
                                            assertThat(
                                                            deployed.find(
                                                                    PersistentVolumeClaim.class,
                                                                    claim))
                                                    .isPresent());
            // The base has no secrets.
            case ArchiveLocation.Bucket(_, S3Credentials credentials) ->
                    assertThat(credentials != null).isEqualTo(!deployed.name().equals("base"));
        }
    }

    private static Optional<String> claimOf(Workload workload, String mountedAt) {
        return workload.container().getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(mountedAt))
                .flatMap(
                        mount ->
                                workload.pod().getVolumes().stream()
                                        .filter(it -> it.getName().equals(mount.getName())))
                .map(Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(PersistentVolumeClaimVolumeSource::getClaimName)
                .findFirst();
    }

    /** A bucket is in one region, whatever prefixes are in it. */
    @Test
    void everyDeploymentHasABucketOfItsOwn() throws IOException {
        List<String> buckets = new ArrayList<>();
        for (Deployed deployed : Deployed.all()) {
            Path root = Files.createDirectories(temporary.resolve(deployed.name()));
            Workload workload = deployed.workload("tidescope-archiver");
            if (new StartedPod(deployed, workload, root).configuration().archiver().archive()
                    instanceof ArchiveLocation.Bucket(S3Location location, _)) {
                buckets.add(location.bucket());
            }
        }
        assertThat(buckets).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void aParserIsCalledAsItsPodAndNoneIsWithoutPartitions(Deployed deployed) throws IOException {
        Workload workload = deployed.workload("tidescope-parser");
        ParserConfiguration parser = pod(deployed, workload).configuration().parser();

        assertThat(parser.settings().nodeId()).isEqualTo(workload.podName());
        int most =
                deployed.find(HorizontalPodAutoscaler.class, workload.name())
                        .map(scaler -> scaler.getSpec().getMaxReplicas())
                        .orElse(1);
        assertThat(most * parser.settings().threads())
                .isLessThanOrEqualTo(parser.cluster().topics().partitions());
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void theHeapAndWhatIsBesideItFitIntoTheMemoryOfAPod(Deployed deployed) throws IOException {
        for (Workload workload : deployed.workloads()) {
            StartedPod pod = pod(deployed, workload);
            long needed = heap(pod) + OUTSIDE_OF_THE_HEAP;
            if (RoleInPod.read(workload.role(), pod.configuration()).full()
                    instanceof StoreConfiguration store) {
                needed += store.nativeMemoryBytes();
            }
            assertThat(workload.memory()).as(workload.name()).isGreaterThanOrEqualTo(needed);
        }
    }

    private static long heap(StartedPod pod) {
        Matcher matcher = HEAP.matcher(pod.environment().getOrDefault("TIDESCOPE_JAVA_OPTS", ""));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("g") ? 1024 : 1) * MIB;
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void memoryAloneAddsNoGateway(Deployed deployed) throws IOException {
        for (HorizontalPodAutoscaler scaler : deployed.all(HorizontalPodAutoscaler.class)) {
            Workload workload = deployed.workload(scaler.getSpec().getScaleTargetRef().getName());
            long full = heap(pod(deployed, workload)) + OUTSIDE_OF_THE_HEAP;
            long requested = workload.memory();
            scaler.getSpec().getMetrics().stream()
                    .filter(metric -> metric.getResource() != null)
                    .map(metric -> metric.getResource())
                    .filter(resource -> resource.getName().equals("memory"))
                    .forEach(
                            memory ->
                                    assertThat(full * 100 / requested)
                                            .isLessThan(
                                                    memory.getTarget().getAverageUtilization()));
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void everyMirrorIsFollowed(Deployed deployed) throws IOException {
        for (Workload workload : deployed.workloads()) {
            StartedPod pod = pod(deployed, workload);
            if (RoleInPod.read(workload.role(), pod.configuration()).full()
                    instanceof IngestConfiguration ingest) {
                Set<String> followed = new TreeSet<>();
                ingest.repositories().forEach(it -> followed.add(pod.inPod(it.directory())));

                assertThat(followed).containsExactlyElementsOf(pod.mirrors());
                assertThat(ingest.repositories()).allMatch(each -> each.fetch());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void allRolesMeanTheSameTopics(Deployed deployed) throws IOException {
        Set<Topics> topics = new HashSet<>();
        for (Workload workload : deployed.workloads()) {
            topics.add(read(deployed, workload).cluster().topics());
        }
        assertThat(topics).hasSize(1);
        assertThat(deployed.workloads())
                .filteredOn(each -> each.role() == Role.REGISTRY)
                .hasSize(deployed.name().equals("dev") ? 1 : 0);
    }
}
