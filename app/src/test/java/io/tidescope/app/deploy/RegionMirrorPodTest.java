package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.tidescope.app.config.ArchiveLocation;
import io.tidescope.app.config.RegionConfiguration;
import io.tidescope.app.config.RegionPairConfiguration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What mirrors the other region, in the overlay that has it. */
final class RegionMirrorPodTest {
    private static final String NAME = "tidescope-region-mirror";
    private static final int HTTPS = 443;
    private static final int BROKERS = 9093;

    @TempDir private Path temporary;
    private Deployed secondary;
    private Workload mirror;

    @BeforeEach
    void build() {
        List<Deployed> found =
                Deployed.all().stream()
                        .filter(each -> each.name().equals("secondary-region"))
                        .toList();
        assumeThat(found).as("overlays are built by kubectl with Kustomize 5").isNotEmpty();
        secondary = found.getFirst();
        assertThat(secondary.mirrors()).extracting(Workload::name).containsExactly(NAME);
        mirror = secondary.mirrors().getFirst();
    }

    @Test
    void thereIsOneAndNeverASecond() {
        var spec = secondary.find(Deployment.class, NAME).orElseThrow().getSpec();

        assertThat(spec.getReplicas()).isEqualTo(1);
        assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
        assertThat(mirror.container().getArgs()).startsWith("region", "mirror");
        assertThat(mirror.container().getImage()).startsWith("tidescope-mirror:");
        assertThat(mirror.container().getPorts()).isEmpty();
    }

    @Test
    void itReadsBothRegionsAndIngestTheSameWitness() throws IOException {
        RegionPairConfiguration regions = pod(mirror).configuration().regions();
        RegionConfiguration ingest =
                pod(secondary.workload("tidescope-ingest")).configuration().ingest().region();

        assertThat(regions.peer().kafka().bootstrapServers()).endsWith(":" + BROKERS);
        assertThat(regions.region()).isEqualTo(ingest);
        assertThat(regions.region().witness())
                .isInstanceOfSatisfying(
                        ArchiveLocation.Bucket.class,
                        bucket -> assertThat(bucket.credentials()).isNotNull());
    }

    /** One log is mirrored into another of the same name. */
    @Test
    void topicsAreCalledAsInTheOtherRegion() throws IOException {
        Deployed production =
                Deployed.all().stream()
                        .filter(each -> each.name().equals("production"))
                        .findFirst()
                        .orElseThrow();
        Path root = Files.createDirectories(temporary.resolve("production"));

        assertThat(pod(mirror).configuration().cluster().topics())
                .isEqualTo(
                        new StartedPod(production, production.workload("tidescope-ingest"), root)
                                .configuration()
                                .cluster()
                                .topics());
    }

    @Test
    void itReachesBrokersRegistriesAndTheWitnessAndNobodyElse() {
        Talk talk = new Talk(secondary.all(NetworkPolicy.class));

        assertThat(talk.portsThatMayBeAsked(mirror))
                .containsExactlyInAnyOrder(Talk.NAMES, HTTPS, BROKERS);
        for (Workload each : secondary.workloads()) {
            for (int port : each.ports().values()) {
                assertThat(talk.letsIn(mirror, each, port)).as(each.name()).isFalse();
            }
        }
        assertThat(talk.portsOpenToNamespace(mirror, "monitoring")).isEmpty();
        assertThat(secondary.all(Service.class))
                .noneMatch(
                        service ->
                                mirror.labels()
                                        .entrySet()
                                        .containsAll(service.getSpec().getSelector().entrySet()));
    }

    private StartedPod pod(Workload workload) throws IOException {
        return new StartedPod(
                secondary, workload, Files.createDirectories(temporary.resolve(workload.name())));
    }
}
