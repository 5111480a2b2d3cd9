package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.Role;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The drill each week: as the archiver where it reads backups, and nobody's to be asked. */
final class DrillJobTest {
    private static final String NAME = "tidescope-recovery-drill";

    /** Of the JVM of the drill, that of its broker, and what both take besides. */
    private static final long LEAST_MEMORY = (512L + 512 + 2 * 256) << 20;

    @TempDir private Path temporary;

    static List<Deployed> deployed() {
        return Deployed.all();
    }

    private static Workload drill(Deployed deployed) {
        assertThat(deployed.jobs()).extracting(Workload::name).containsExactly(NAME);
        return deployed.jobs().getFirst();
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void oneAtATimeIsMadeAndIsNotTriedAgain(Deployed deployed) {
        var job = deployed.find(CronJob.class, NAME).orElseThrow().getSpec();

        assertThat(job.getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(job.getJobTemplate().getSpec().getBackoffLimit()).isZero();
        assertThat(job.getJobTemplate().getSpec().getActiveDeadlineSeconds()).isPositive();
        assertThat(drill(deployed).pod().getRestartPolicy()).isEqualTo("Never");
        assertThat(drill(deployed).container().getArgs()).startsWith("recovery", "drill");
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void whatItRestoresHasRoomWithABound(Deployed deployed) {
        Workload drill = drill(deployed);

        assertThat(drill.pod().getVolumes())
                .filteredOn(each -> each.getEmptyDir() != null)
                .extracting(Volume::getName)
                .containsExactly("tmp");
        assertThat(drill.pod().getVolumes())
                .filteredOn(each -> each.getEmptyDir() != null)
                .allMatch(each -> each.getEmptyDir().getSizeLimit() != null);
        assertThat(drill.memory()).isGreaterThanOrEqualTo(LEAST_MEMORY);
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void itIsConfiguredAsTheArchiver(Deployed deployed) throws IOException {
        assertThat(read(deployed, drill(deployed)).asked())
                .isEqualTo(read(deployed, deployed.workload("tidescope-archiver")).asked());
        assertThat(mounts(drill(deployed)))
                .containsExactlyInAnyOrderElementsOf(
                        mounts(deployed.workload("tidescope-archiver")));
    }

    private static List<String> mounts(Workload workload) {
        return workload.container().getVolumeMounts().stream()
                .map(each -> each.getName() + " at " + each.getMountPath())
                .toList();
    }

    private RoleInPod read(Deployed deployed, Workload workload) throws IOException {
        Path root = Files.createDirectories(temporary.resolve(workload.name()));
        return RoleInPod.read(
                Role.ARCHIVER, new StartedPod(deployed, workload, root).configuration());
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void itReachesBrokersRegistryAndStoreAndNobodyReachesIt(Deployed deployed) throws IOException {
        Workload drill = drill(deployed);
        RoleInPod role = read(deployed, drill);
        Talk talk = new Talk(deployed.all(NetworkPolicy.class));

        Stream<Integer> brokers =
                Stream.of(role.cluster().kafka().bootstrapServers().split(","))
                        .map(
                                broker ->
                                        Integer.valueOf(
                                                broker.substring(broker.lastIndexOf(':') + 1)));
        Stream.concat(brokers, role.asked().stream().map(Address::port))
                .forEach(port -> assertThat(talk.portsThatMayBeAsked(drill)).contains(port));
        assertThat(talk.portsThatMayBeAsked(drill)).contains(Talk.NAMES);
        for (Workload each : deployed.workloads()) {
            for (int port : each.ports().values()) {
                boolean asks = each.role() == Role.REGISTRY && port == each.port("registry");
                assertThat(talk.letsOut(drill, each, port)).as(each.name()).isEqualTo(asks);
                assertThat(talk.letsIn(drill, each, port)).as(each.name()).isEqualTo(asks);
            }
        }
        assertThat(deployed.all(Service.class))
                .noneMatch(
                        service ->
                                drill.labels()
                                        .entrySet()
                                        .containsAll(service.getSpec().getSelector().entrySet()));
        assertThat(talk.portsOpenToNamespace(drill, "monitoring")).isEmpty();
    }
}
