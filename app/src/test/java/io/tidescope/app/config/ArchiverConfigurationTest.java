package io.tidescope.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.backup.Schedule;
import io.tidescope.recovery.object.S3Credentials;
import io.tidescope.recovery.object.S3Location;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

final class ArchiverConfigurationTest {
    /** To be gone on with where backups are. */
    private static final String ARCHIVER =
            """
            kafka: {bootstrap: "one:9092"}
            registry: {url: "http://registry:8081"}
            archive: {location: \
            """;

    @TempDir private Path temporary;

    @Test
    void anArchiverNeedsAPlaceForBackupsAlone() throws IOException {
        ArchiverConfiguration archiver = file(ARCHIVER + "/backups}\n", Map.of()).archiver();

        assertThat(archiver.archive())
                .isEqualTo(new ArchiveLocation.Directory(Path.of("/backups")));
        assertThat(archiver.schedule()).isEqualTo(Schedule.DEFAULT);
        assertThat(archiver.admin()).isEqualTo(new Address("127.0.0.1", 9106));
        assertThatThrownBy(() -> file("kafka: {bootstrap: 'one:9092'}\n", Map.of()).archiver())
                .hasMessageContaining("archive.location is missing")
                .hasMessageContaining("registry.url is missing");
    }

    @Test
    void backupsInABucketAreReachedAsItIsSaid() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "hush\n");
        String bucket =
                ARCHIVER
                        + """
                        's3://backups/tide/scope/'
                          s3:
                            endpoint: https://store:9000
                            region: eu-west-1
                            secret-key-file: %s
                        """
                                .formatted(secret)
                                .strip()
                        + "\n";
        String block = bucket.replace("archive: {location: ", "archive:\n  location: ");
        Map<String, String> who = Map.of("TIDESCOPE_ARCHIVE_S3_ACCESS_KEY", "me");

        ArchiverConfiguration archiver = file(block, who).archiver();

        assertThat(archiver.archive())
                .isEqualTo(
                        new ArchiveLocation.Bucket(
                                new S3Location(
                                        URI.create("https://store:9000"),
                                        "eu-west-1",
                                        "backups",
                                        "tide/scope"),
                                new S3Credentials("me", "hush")));
        assertThat(archiver.toString()).doesNotContain("hush");
        assertThatThrownBy(() -> file(block, Map.of()).archiver())
                .hasMessageContaining("archive.s3.access-key and archive.s3.secret-key go together")
                .hasMessageNotContaining("hush");
        assertThat(file(ARCHIVER + "'s3://backups'}\n", Map.of()).archiver().archive())
                .isEqualTo(
                        new ArchiveLocation.Bucket(
                                new S3Location(null, "us-east-1", "backups", ""), null));
    }

    @Test
    void aPlaceThatBackupsCannotBeInIsRefusedAndNotShown() throws IOException {
        for (String place :
                List.of(
                        "gs://backups",
                        "file:///backups",
                        "s3://",
                        "s3://key:hush@backups/a",
                        "s3://backups//a",
                        "s3://backups/../a")) {
            assertThatThrownBy(() -> file(ARCHIVER + "'" + place + "'}\n", Map.of()).archiver())
                    .as(place)
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("archive.location: the value")
                    .hasMessageContaining("is not a directory, or s3://bucket/prefix")
                    .hasMessageNotContaining("hush");
        }
        assertThatThrownBy(
                        () ->
                                file(
                                                ARCHIVER
                                                        + "x, s3: {endpoint: 'https://a:hush@b',"
                                                        + " region: 'No Where'}}\n",
                                                Map.of())
                                        .archiver())
                .hasMessageContaining("archive.s3.endpoint: the value")
                .hasMessageContaining("archive.s3.region: \"No Where\"")
                .hasMessageNotContaining("hush");
    }

    @Test
    void backupsAreMadeBeforeWhatTheyNeedIsCompactedAway() throws IOException {
        String late =
                ARCHIVER + "x}\ntopics: {history: 7h}\nbackup: {interval: 2h, full-every: 1h}\n";
        assertThatThrownBy(() -> file(late, Map.of()).archiver())
                .hasMessageContaining(
                        "backup.interval: 2h is more than a quarter of topics.history, which is 7h")
                .hasMessageContaining(
                        "backup.full-every: 1h is less than backup.interval, which is 2h");
        // No other role makes any.
        assertThat(file(late, Map.of()).cluster().topics().history())
                .isEqualTo(Duration.ofHours(7));

        String early = late.replace("7h", "8h").replace("full-every: 1h", "full-every: 2h");
        assertThat(file(early, Map.of()).archiver().schedule())
                .isEqualTo(
                        new Schedule(
                                Duration.ofHours(2), Duration.ofHours(2), Duration.ofDays(30)));
        assertThatThrownBy(
                        () ->
                                file(
                                                ARCHIVER
                                                        + "x}\n"
                                                        + "backup: {interval: 30s, retention:"
                                                        + " 1m}\n",
                                                Map.of())
                                        .archiver())
                .hasMessageContaining("backup.interval: \"30s\"")
                .hasMessageContaining("backup.retention: \"1m\"");
    }

    private Configuration file(String text, Map<String, String> environment) throws IOException {
        return new Configuration(
                Files.writeString(temporary.resolve("node.yaml"), text), environment);
    }
}
