package io.tidescope.app.config;

import io.tidescope.recovery.region.RegionEpoch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Which of two regions this is, and how it knows whether it publishes. */
final class RegionKeys {
    /** Of ingest; commands about regions, which are no role, use all of them. */
    static final SettingGroup GROUP = new SettingGroup(Role.INGEST);

    /** Of those commands alone. */
    static final SettingGroup PEER = new SettingGroup();

    static final Setting<String> NAME =
            GROUP.optional(
                    "region.name",
                    name(),
                    "Name of this region, where two follow the same repositories and one of them"
                            + " publishes (docs/recovery.md); none when not set, and then"
                            + " everything is published.");
    static final Setting<ArchiveLocation> WITNESS =
            GROUP.optional(
                    "region.witness",
                    ArchiveLocation.form(),
                    "Where both regions read which of them publishes, and in neither of them; a"
                            + " bucket is reached as `archive.s3` says.");
    static final Setting<String> WITNESS_REGION =
            GROUP.optional(
                    "region.witness-region",
                    ArchiveKeys.region(),
                    "Region of that bucket; `archive.s3.region` when not set.");
    static final Setting<Duration> LEASE =
            GROUP.of(
                    "region.lease",
                    ScalarForm.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
                    "5s",
                    "How long a region goes on publishing when the witness does not answer, and"
                            + " how long a failover waits for that; the same in both regions.");
    static final Setting<String> PEER_NAME =
            PEER.optional("region.peer.name", name(), "Name of the other region.");
    static final Setting<Path> PEER_KAFKA =
            PEER.optional(
                    "region.peer.kafka",
                    PathForm.file(),
                    "A Java properties file that says how the other region's brokers are reached:"
                            + " `bootstrap.servers`, and what else Kafka clients need, secrets"
                            + " included. Topics are called there as here.");
    static final Setting<URI> PEER_REGISTRY =
            PEER.optional(
                    "region.peer.registry",
                    ScalarForm.http(),
                    "Where the other region's schema registry answers.");

    private RegionKeys() {}

    private static ScalarForm<String> name() {
        return ScalarForm.text(
                "a small letter and up to 19 small letters and digits", RegionEpoch.NAME);
    }
}
