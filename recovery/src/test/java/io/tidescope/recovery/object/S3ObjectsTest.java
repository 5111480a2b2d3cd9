package io.tidescope.recovery.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real server. */
final class S3ObjectsTest extends ObjectStoreContract {
    private static final String BUCKET = "archives";

    private static S3Server server;
    private static int tests;
    private ObjectStore objects;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start();
        server.createBucket(BUCKET);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        objects = open(BUCKET, "of/test-" + tests++, S3Server.CREDENTIALS);
    }

    @AfterEach
    void close() {
        objects.close();
    }

    private static ObjectStore open(String bucket, String prefix, S3Credentials credentials) {
        return ObjectStores.s3(
                new S3Location(server.endpoint(), "us-east-1", bucket, prefix), credentials);
    }

    @Override
    ObjectStore store() {
        return objects;
    }

    @Test
    void stores_of_other_prefixes_are_other_stores() {
        objects.create("a", bytes("content"));
        try (ObjectStore beside = open(BUCKET, "of/test", S3Server.CREDENTIALS);
                ObjectStore above = open(BUCKET, "of", S3Server.CREDENTIALS)) {
            assertThat(beside.list("")).isEmpty();
            assertThat(beside.create("a", bytes("other"))).isTrue();
            assertThat(above.find("test/a")).hasValue(bytes("other"));
            beside.delete("a");
        }
        assertThat(objects.find("a")).hasValue(bytes("content"));
    }

    @Test
    void a_bucket_need_not_be_shared_by_prefixes() {
        server.createBucket("whole");
        try (ObjectStore whole = open("whole", "", S3Server.CREDENTIALS)) {
            assertThat(whole.create("a", bytes("content"))).isTrue();
            assertThat(whole.list("")).singleElement().returns("a", StoredObject::name);
        }
    }

    @ParameterizedTest
    @CsvSource({"access-key,wrong-secret", "unknown-key,secret-key"})
    void credentials_that_are_refused_are_told_without_the_secret(String key, String secret) {
        try (ObjectStore refused = open(BUCKET, "", new S3Credentials(key, secret))) {
            assertRefused(ErrorCode.UNAUTHENTICATED, () -> refused.create("a", bytes("x")));
            assertRefused(ErrorCode.UNAUTHENTICATED, () -> refused.find("a"));
            assertRefused(ErrorCode.UNAUTHENTICATED, () -> refused.findBeginning("a", 1));
            assertRefused(ErrorCode.UNAUTHENTICATED, () -> refused.list(""));
            assertRefused(ErrorCode.UNAUTHENTICATED, () -> refused.delete("a"));
            assertThatThrownBy(() -> refused.find("a"))
                    .hasMessageContaining("check the access key and the secret key")
                    .hasMessageContaining("s3://" + BUCKET)
                    .hasMessageNotContaining(secret);
        }
    }

    @Test
    void a_bucket_that_is_not_there_is_not_one_without_objects() {
        try (ObjectStore missing = open("missing", "", S3Server.CREDENTIALS)) {
            assertRefused(ErrorCode.PRECONDITION_FAILED, () -> missing.create("a", bytes("x")));
            assertRefused(ErrorCode.PRECONDITION_FAILED, () -> missing.find("a"));
            assertRefused(ErrorCode.PRECONDITION_FAILED, () -> missing.list(""));
            assertThatThrownBy(() -> missing.find("a")).hasMessageContaining("make the bucket");
        }
    }

    @Test
    void it_is_called_by_its_place_without_credentials() {
        assertThat(objects.toString())
                .startsWith("s3://archives/of/test-")
                .endsWith(" at " + server.endpoint());
        assertThat(S3Server.CREDENTIALS.toString()).doesNotContain("access", "secret");
    }
}
