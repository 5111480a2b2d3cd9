package io.tidescope.app.config;

import java.net.URI;
import java.nio.file.Path;

/** Where backups are kept. */
final class ArchiveKeys {
    /** What stores that know no regions take, too. */
    static final String REGION = "us-east-1";

    static final SettingGroup GROUP = new SettingGroup(Role.ARCHIVER);

    static final Setting<ArchiveLocation> LOCATION =
            GROUP.required(
                    "archive.location",
                    ArchiveLocation.form(),
                    "Where backups are kept: on no disk that the cluster has, and in a place that"
                            + " does not go when the cluster does. A directory must be there"
                            + " already; of a bucket everything behind the prefix is TideScope's.");
    static final Setting<URI> S3_ENDPOINT =
            GROUP.optional(
                    "archive.s3.endpoint",
                    ScalarForm.endpoint(),
                    "Where another store than that of AWS answers that speaks S3.");
    static final Setting<String> S3_REGION =
            GROUP.of(
                    "archive.s3.region",
                    region(),
                    REGION,
                    "Region of the bucket; as it is for stores that know no regions.");
    static final Setting<Secret> S3_ACCESS_KEY =
            GROUP.secret(
                    "archive.s3.access-key",
                    "Who asks the store; without, credentials are found as programs of AWS find"
                            + " them.");
    static final Setting<Path> S3_ACCESS_KEY_FILE = GROUP.fileOf(S3_ACCESS_KEY);
    static final Setting<Secret> S3_SECRET_KEY =
            GROUP.secret("archive.s3.secret-key", "What they sign with.");
    static final Setting<Path> S3_SECRET_KEY_FILE = GROUP.fileOf(S3_SECRET_KEY);

    private ArchiveKeys() {}

    static ScalarForm<String> region() {
        return ScalarForm.text("a region, such as eu-central-1", "[a-z0-9-]{1,40}");
    }
}
