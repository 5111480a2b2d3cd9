package io.tidescope.recovery.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

final class S3LocationTest {
    @Test
    void it_is_printed_for_people() {
        assertThat(new S3Location(null, "eu-central-1", "archives", ""))
                .hasToString("s3://archives in eu-central-1");
        assertThat(new S3Location(URI.create("https://minio:9000"), "us-east-1", "b.c", "x/y"))
                .hasToString("s3://b.c/x/y at https://minio:9000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio:9000",
                "ftp://minio",
                "https://",
                "https://user:hunter2@minio",
                "/minio",
                "https://minio?x=1",
                "https://minio#x"
            })
    void an_endpoint_is_a_server_and_nothing_more(String endpoint) {
        ObjectStoreContract.assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                () -> new S3Location(uri(endpoint), "us-east-1", "bucket", ""));
    }

    private static URI uri(String text) {
        return text.equals("https://") ? URI.create("https:///") : URI.create(text);
    }

    @Test
    void a_password_in_an_endpoint_is_not_repeated() {
        assertThatThrownBy(
                        () ->
                                new S3Location(
                                        URI.create("https://user:hunter2@minio"),
                                        "us-east-1",
                                        "bucket",
                                        ""))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "bücket", "-ab", "ab-", "s3://bucket"})
    void a_bucket_has_a_name_of_a_bucket(String bucket) {
        ObjectStoreContract.assertRefused(
                ErrorCode.INVALID_ARGUMENT, () -> new S3Location(null, "us-east-1", bucket, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/", "/a", "a//b", "../a"})
    void a_prefix_is_made_as_names_are(String prefix) {
        ObjectStoreContract.assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                () -> new S3Location(null, "us-east-1", "bucket", prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU", "eu central"})
    void a_region_has_a_name_of_a_region(String region) {
        ObjectStoreContract.assertRefused(
                ErrorCode.INVALID_ARGUMENT, () -> new S3Location(null, region, "bucket", ""));
    }
}
