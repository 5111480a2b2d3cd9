package io.tidescope.app.config;

import io.tidescope.recovery.region.RegionCluster;
import io.tidescope.schemas.KafkaConnection;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** Reads which region this is, and how the other one is reached. */
final class RegionReader {
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final List<Setting<?>> PAIR =
            List.of(
                    RegistryKeys.REGISTRY_URL,
                    RegionKeys.NAME,
                    RegionKeys.WITNESS,
                    RegionKeys.PEER_NAME,
                    RegionKeys.PEER_KAFKA,
                    RegionKeys.PEER_REGISTRY);

    private final Values values;
    private final Problems problems;
    private final ArchiveReader archive;

    RegionReader(Values values, Problems problems, ArchiveReader archive) {
        this.values = values;
        this.problems = problems;
        this.archive = archive;
    }

    /**
     * Adds what ingest misses.
     *
     * @param written keys of what is said
     */
    void check(Set<String> written) {
        if (written.contains(RegionKeys.NAME.key()) != written.contains(RegionKeys.WITNESS.key())) {
            problems.add(
                    "%s and %s go together; set both, or none"
                            .formatted(RegionKeys.NAME.key(), RegionKeys.WITNESS.key()));
        }
        if (values.find(RegionKeys.WITNESS).orElse(null) instanceof ArchiveLocation.Bucket) {
            archive.readCredentials();
        }
    }

    /** Adds what commands about both regions miss. */
    void checkPair(Set<String> written) {
        check(written);
        for (Setting<?> setting : PAIR) {
            if (!written.contains(setting.key())) {
                problems.missing(setting);
            }
        }
        Optional<String> peer = values.find(RegionKeys.PEER_NAME);
        if (peer.isPresent() && peer.equals(values.find(RegionKeys.NAME))) {
            problems.add(
                    "%s: \"%s\" is this region itself"
                            .formatted(RegionKeys.PEER_NAME.key(), peer.get()));
        }
        values.find(RegionKeys.PEER_KAFKA).ifPresent(this::readPeer);
    }

    Optional<RegionConfiguration> region() {
        return values.find(RegionKeys.NAME)
                .map(
                        name ->
                                new RegionConfiguration(
                                        name,
                                        archive.located(
                                                values.get(RegionKeys.WITNESS),
                                                values.find(RegionKeys.WITNESS_REGION)
                                                        .orElse(values.get(ArchiveKeys.S3_REGION))),
                                        values.get(RegionKeys.LEASE)));
    }

    /**
     * @param cluster of this region
     */
    RegionPairConfiguration pair(ClusterConfiguration cluster) {
        RegionConfiguration region = region().orElseThrow();
        Map<String, String> properties = readPeer(values.get(RegionKeys.PEER_KAFKA));
        String bootstrap = Optional.ofNullable(properties.remove(BOOTSTRAP)).orElseThrow();
        return new RegionPairConfiguration(
                region,
                new RegionCluster(
                        region.name(),
                        cluster.kafka(),
                        cluster.topics(),
                        values.get(RegistryKeys.REGISTRY_URL)),
                new RegionCluster(
                        values.get(RegionKeys.PEER_NAME),
                        new KafkaConnection(bootstrap, properties, cluster.kafka().names()),
                        cluster.topics(),
                        values.get(RegionKeys.PEER_REGISTRY)));
    }

    private Map<String, String> readPeer(Path file) {
        Properties read = new Properties();
        try (Reader content = Files.newBufferedReader(file)) {
            read.load(content);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(
                    "%s: %s is not a properties file that can be read: %s"
                            .formatted(RegionKeys.PEER_KAFKA.key(), file, e.getMessage()));
            return new HashMap<>();
        }
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        if (properties.getOrDefault(BOOTSTRAP, "").isBlank()) {
            problems.add(
                    "%s: %s does not say %s"
                            .formatted(RegionKeys.PEER_KAFKA.key(), file, BOOTSTRAP));
        }
        return properties;
    }
}
