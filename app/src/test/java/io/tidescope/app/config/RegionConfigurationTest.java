package io.tidescope.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.object.S3Credentials;
import io.tidescope.recovery.object.S3Location;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class RegionConfigurationTest {
    @TempDir private Path temporary;
    private final Map<String, String> environment = new TreeMap<>();
    private Path peer;

    /** All that is needed, as variables, to be gone on with. */
    @BeforeEach
    void everythingIsSaid() throws IOException {
        peer =
                Files.writeString(
                        temporary.resolve("peer.properties"),
                        "bootstrap.servers = west-1:9093,west-2:9093\n"
                                + "sasl.jaas.config = hush\n");
        environment.put("TIDESCOPE_KAFKA_BOOTSTRAP", "east-1:9092");
        environment.put("TIDESCOPE_TOPICS_PREFIX", "acme.");
        environment.put("TIDESCOPE_REGISTRY_URL", "http://registry-east:8081");
        environment.put("TIDESCOPE_REGION_NAME", "east");
        environment.put("TIDESCOPE_REGION_WITNESS", "/witness");
        environment.put("TIDESCOPE_REGION_PEER_NAME", "west");
        environment.put("TIDESCOPE_REGION_PEER_KAFKA", peer.toString());
        environment.put("TIDESCOPE_REGION_PEER_REGISTRY", "http://registry-west:8081");
    }

    @Test
    void bothRegionsHaveTopicsOfTheSameNames() {
        RegionPairConfiguration regions = configuration().regions();

        assertThat(regions.region())
                .isEqualTo(
                        new RegionConfiguration(
                                "east",
                                new ArchiveLocation.Directory(Path.of("/witness")),
                                Duration.ofSeconds(5)));
        assertThat(regions.own().name()).isEqualTo("east");
        assertThat(regions.own().registry()).isEqualTo(URI.create("http://registry-east:8081"));
        assertThat(regions.own().kafka().clientProperties())
                .isEqualTo(Map.of("bootstrap.servers", "east-1:9092"));
        assertThat(regions.peer().name()).isEqualTo("west");
        assertThat(regions.peer().registry()).isEqualTo(URI.create("http://registry-west:8081"));
        assertThat(regions.peer().kafka().clientProperties())
                .isEqualTo(
                        Map.of(
                                "bootstrap.servers",
                                "west-1:9093,west-2:9093",
                                "sasl.jaas.config",
                                "hush"));
        assertThat(regions.peer().topics()).isEqualTo(regions.own().topics());
        assertThat(regions.peer().kafka().names().fileChanges()).isEqualTo("acme.file-changes");
        assertThat(regions.toString()).doesNotContain("hush");
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce() {
        environment.keySet().removeIf(name -> name.contains("REGI"));

        assertThatThrownBy(() -> configuration().regions())
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("registry.url is missing")
                .hasMessageContaining("region.name is missing; it must be a small letter and up to")
                .hasMessageContaining("region.witness is missing")
                .hasMessageContaining("region.peer.name is missing")
                .hasMessageContaining("region.peer.kafka is missing")
                .hasMessageContaining("region.peer.registry is missing");
    }

    @Test
    void whatARegionCannotBeIsRefused() {
        for (String name : List.of("East", "east-1", "1east", "e".repeat(21), "")) {
            environment.put("TIDESCOPE_REGION_NAME", name);
            assertThatThrownBy(() -> configuration().regions())
                    .as(name)
                    .hasMessageContaining("region.name: \"%s\"".formatted(name));
        }
        environment.put("TIDESCOPE_REGION_NAME", "west");
        environment.put("TIDESCOPE_REGION_LEASE", "500ms");
        assertThatThrownBy(() -> configuration().regions())
                .hasMessageContaining("region.peer.name: \"west\" is this region itself")
                .hasMessageContaining("region.lease: \"500ms\"")
                .hasMessageContaining("a duration from 1s to 5m");
    }

    @Test
    void theOtherRegionsBrokersMustBeSaidInAFileThatCanBeRead() throws IOException {
        Files.writeString(peer, "sasl.jaas.config = hush\n");
        assertThatThrownBy(() -> configuration().regions())
                .hasMessageContaining("region.peer.kafka: ")
                .hasMessageContaining("does not say bootstrap.servers")
                .hasMessageNotContaining("hush");

        Files.delete(peer);
        assertThatThrownBy(() -> configuration().regions())
                .hasMessageContaining("region.peer.kafka: ")
                .hasMessageContaining("is not a properties file that can be read");
    }

    @Test
    void aWitnessInABucketIsReachedAsTheArchiveIs() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "hush\n");
        environment.put("TIDESCOPE_REGION_WITNESS", "s3://witness/regions");
        environment.put("TIDESCOPE_ARCHIVE_S3_ENDPOINT", "https://store:9000");
        environment.put("TIDESCOPE_ARCHIVE_S3_ACCESS_KEY", "me");
        environment.put("TIDESCOPE_ARCHIVE_S3_SECRET_KEY_FILE", secret.toString());
        ArchiveLocation.Bucket witness =
                new ArchiveLocation.Bucket(
                        new S3Location(
                                URI.create("https://store:9000"),
                                "us-east-1",
                                "witness",
                                "regions"),
                        new S3Credentials("me", "hush"));

        assertThat(configuration().regions().region().witness()).isEqualTo(witness);
        assertThat(ingest().ingest().region())
                .isEqualTo(new RegionConfiguration("east", witness, Duration.ofSeconds(5)));

        environment.put("TIDESCOPE_REGION_WITNESS_REGION", "eu-north-1");
        assertThat(configuration().regions().region().witness())
                .isInstanceOfSatisfying(
                        ArchiveLocation.Bucket.class,
                        bucket -> assertThat(bucket.location().region()).isEqualTo("eu-north-1"));

        environment.remove("TIDESCOPE_ARCHIVE_S3_ACCESS_KEY");
        assertThatThrownBy(() -> ingest().ingest())
                .hasMessageContaining("archive.s3.access-key and archive.s3.secret-key go together")
                .hasMessageNotContaining("hush");
    }

    /** Keys of an archive are where archivers are. */
    @Test
    void ingestReadsNoKeysOfAnArchiveThatItDoesNotAsk() {
        environment.put("TIDESCOPE_ARCHIVE_S3_ACCESS_KEY_FILE", "/nowhere/access-key");
        environment.put("TIDESCOPE_ARCHIVE_S3_SECRET_KEY_FILE", "/nowhere/secret-key");

        assertThat(ingest().ingest().region()).isNotNull();

        environment.remove("TIDESCOPE_REGION_NAME");
        environment.remove("TIDESCOPE_REGION_WITNESS");
        assertThat(ingest().ingest().region()).isNull();
    }

    @Test
    void aRegionWithoutAWitnessIsRefusedByIngest() {
        environment.remove("TIDESCOPE_REGION_WITNESS");
        assertThatThrownBy(() -> ingest().ingest())
                .hasMessageContaining("region.name and region.witness go together");

        environment.put("TIDESCOPE_REGION_WITNESS", "/witness");
        environment.remove("TIDESCOPE_REGION_NAME");
        assertThatThrownBy(() -> ingest().ingest())
                .hasMessageContaining("region.name and region.witness go together");
    }

    private Configuration ingest() {
        environment.put("TIDESCOPE_INGEST_REPOSITORIES", temporary.toString());
        return configuration();
    }

    private Configuration configuration() {
        return new Configuration(null, environment);
    }
}
