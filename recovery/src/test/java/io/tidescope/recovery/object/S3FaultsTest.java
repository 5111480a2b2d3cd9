package io.tidescope.recovery.object;

import static io.tidescope.recovery.object.ObjectStoreContract.assertRefused;
import static io.tidescope.recovery.object.ObjectStoreContract.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.recovery.object.ScriptedS3.Cut;
import io.tidescope.recovery.object.ScriptedS3.DoAndCut;
import io.tidescope.recovery.object.ScriptedS3.Hang;
import io.tidescope.recovery.object.ScriptedS3.Refuse;
import io.tidescope.schemas.ErrorCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What is made of a store that fails. */
final class S3FaultsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final S3Patience THREE_ATTEMPTS = new S3Patience(3, LONG, LONG, LONG);
    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

    private ScriptedS3 server;
    private ObjectStore objects;

    @BeforeEach
    void open() throws IOException {
        server = ScriptedS3.start();
        objects = open(server.endpoint(), THREE_ATTEMPTS);
    }

    @AfterEach
    void close() {
        objects.close();
        server.close();
    }

    private static ObjectStore open(URI endpoint, S3Patience patience) {
        return new S3Objects(location(endpoint), CREDENTIALS, patience);
    }

    private static S3Location location(URI endpoint) {
        return new S3Location(endpoint, "us-east-1", "bucket", "");
    }

    /** After which it is known that the server heeds conditions, and nothing is put twice. */
    private void createFirst() {
        assertThat(objects.create("first", bytes("first"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"503,SlowDown", "500,InternalError", "409,ConditionalRequestConflict"})
    void what_passes_is_tried_again(int status, String code) {
        createFirst();
        server.next(new Refuse(status, code));
        assertThat(objects.create("a", bytes("content"))).isTrue();
        server.next(new Refuse(status, code));
        assertThat(objects.find("a")).hasValue(bytes("content"));
    }

    @ParameterizedTest
    @CsvSource({"503,SlowDown", "500,InternalError", "409,ConditionalRequestConflict"})
    void what_does_not_pass_is_unavailable_after_all_attempts(int status, String code) {
        Refuse no = new Refuse(status, code);
        server.next(no, no, no);
        assertThatThrownBy(() -> objects.find("a")).hasMessageContaining(code);
        assertThat(server.requests()).isEqualTo(3);
        server.next(no, no, no);
        assertRefused(ErrorCode.UNAVAILABLE, () -> objects.create("a", bytes("content")));
    }

    @Test
    void a_connection_that_is_cut_is_tried_again() {
        createFirst();
        server.next(new Cut());
        assertThat(objects.create("a", bytes("content"))).isTrue();
        server.next(new Cut());
        assertThat(objects.find("a")).hasValue(bytes("content"));
        server.next(new Cut(), new Cut(), new Cut());
        assertRefused(ErrorCode.UNAVAILABLE, () -> objects.create("b", bytes("content")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 3 << 20})
    void an_object_whose_answer_was_lost_is_created(int size) {
        createFirst();
        server.next(new DoAndCut());
        assertThat(objects.create("a", new byte[size])).isTrue();
        assertThat(objects.find("a")).hasValue(new byte[size]);
        assertThat(objects.create("a", new byte[size])).isFalse();
    }

    @Test
    void an_object_of_another_writer_is_not_taken_for_ones_own() {
        createFirst();
        server.put("/bucket/a", bytes("of another"));
        server.next(new Cut());
        assertThat(objects.create("a", bytes("content"))).isFalse();
        assertThat(objects.find("a")).hasValue(bytes("of another"));
    }

    @Test
    void the_first_object_whose_answer_was_lost_is_created_too() {
        server.next(new DoAndCut());
        assertThat(objects.create("a", bytes("content"))).isTrue();
    }

    @Test
    void a_store_that_overwrites_is_refused_at_the_first_object() throws IOException {
        try (ScriptedS3 careless = ScriptedS3.thatOverwrites();
                ObjectStore refused = open(careless.endpoint(), THREE_ATTEMPTS)) {
            assertRefused(
                    ErrorCode.PRECONDITION_FAILED, () -> refused.create("a", bytes("content")));
            assertThatThrownBy(() -> refused.create("b", bytes("content")))
                    .hasMessageContaining("If-None-Match");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, PRECONDITION_FAILED, s3:PutObject",
        "403, ExpiredToken, UNAUTHENTICATED, check the access key",
        "403, RequestTimeTooSkewed, PRECONDITION_FAILED, clock",
        "403, '', UNAUTHENTICATED, 403",
        "400, AuthorizationHeaderMalformed, PRECONDITION_FAILED, region",
        "301, PermanentRedirect, PRECONDITION_FAILED, region",
        "501, NotImplemented, PRECONDITION_FAILED, conditional writes",
        "404, NoSuchBucket, PRECONDITION_FAILED, make the bucket",
        "404, '', PRECONDITION_FAILED, check the endpoint",
        "507, XMinioStorageFull, UNAVAILABLE, XMinioStorageFull"
    })
    void a_refusal_says_what_to_do(int status, String code, ErrorCode expected, String advice) {
        Refuse no = new Refuse(status, code);
        server.next(no, no, no);
        assertThatThrownBy(() -> objects.create("a", bytes("content")))
                .hasMessageContaining(advice)
                .hasMessageContaining("s3://bucket at " + server.endpoint());
        server.next(no, no, no);
        assertRefused(expected, () -> objects.create("a", bytes("content")));
    }

    @Test
    void an_answer_of_no_s3_does_not_tell_that_an_object_is_absent() {
        assertThat(objects.find("a")).isEmpty();
        server.next(new Refuse(404, ""));
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> objects.find("a"));
    }

    @Test
    void a_server_that_does_not_answer_is_not_waited_for_without_end() {
        Duration brief = Duration.ofMillis(300);
        try (ObjectStore impatient =
                open(server.endpoint(), new S3Patience(2, brief, LONG, LONG))) {
            server.next(new Hang(), new Hang());
            assertRefused(ErrorCode.UNAVAILABLE, () -> impatient.find("a"));
        }
        try (ObjectStore impatient =
                open(server.endpoint(), new S3Patience(2, LONG, brief, LONG))) {
            server.next(new Hang(), new Hang());
            assertRefused(ErrorCode.UNAVAILABLE, () -> impatient.find("a"));
        }
        try (ObjectStore impatient =
                open(server.endpoint(), new S3Patience(2, LONG, LONG, brief))) {
            server.next(new Hang(), new Hang());
            assertRefused(ErrorCode.UNAVAILABLE, () -> impatient.find("a"));
        }
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() {
        URI endpoint = server.endpoint();
        server.close();
        assertThatThrownBy(() -> objects.list(""))
                .hasMessageContaining("does not answer")
                .hasMessageContaining(endpoint.toString());
        assertRefused(ErrorCode.UNAVAILABLE, () -> objects.create("a", bytes("content")));
    }

    @Test
    void credentials_that_are_not_found_are_told() {
        AwsCredentialsProvider none =
                new S3FoundCredentials(
                        () -> {
                            throw SdkClientException.create("Unable to load credentials");
                        });
        try (ObjectStore anonymous =
                new S3Objects(location(server.endpoint()), none, THREE_ATTEMPTS)) {
            assertRefused(ErrorCode.UNAUTHENTICATED, () -> anonymous.find("a"));
            assertThatThrownBy(() -> anonymous.list("")).hasMessageContaining("set an access key");
        }
        assertThat(server.requests()).isZero();
    }
}
