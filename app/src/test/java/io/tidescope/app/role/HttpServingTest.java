package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.query.access.Access;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.HttpSettings;
import io.tidescope.query.http.Receivers;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.testing.SelfSignedKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

@Timeout(60)
final class HttpServingTest {
    private static final Address HERE = new Address("127.0.0.1", 0);

    @TempDir private Path directory;

    @Test
    void whoTrustsTheCertificateIsServedOverTls() throws Exception {
        KeyStore server = SelfSignedKey.make(directory, "server", "secret");
        HttpSettings settings = settings(tls("server-certificate.pem", "server.pem"));
        try (HttpApi api =
                        HttpApi.receive(
                                Receivers.NONE, new SimpleMeterRegistry(), settings, Tracing.OFF);
                HttpClient client = HttpClient.newBuilder().sslContext(trusting(server)).build()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "https://127.0.0.1:" + api.port() + "/health"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void aProcessAsksItselfWhateverItsCertificateSays() throws Exception {
        SelfSignedKey.make(directory, "server", "SAN=DNS:index.example.net", "secret");
        SelfSignedKey.make(directory, "other", "secret");
        HttpAccess server = tls("server-certificate.pem", "server.pem");
        HttpAccess other = tls("other-certificate.pem", "other.pem");
        try (HttpApi api =
                HttpApi.receive(
                        Receivers.NONE, new SimpleMeterRegistry(), settings(server), Tracing.OFF)) {
            assertThat(ask(api, server)).isEqualTo(200);
            assertThatThrownBy(() -> ask(api, other)).isInstanceOf(SSLException.class);
        }
    }

    private static int ask(HttpApi api, HttpAccess trusted) throws Exception {
        return health(api, OwnCertificate.trusting(Objects.requireNonNull(trusted.tls())));
    }

    @Test
    void aCertificateThatIsReplacedIsShownWithoutARestart() throws Exception {
        KeyStore first = SelfSignedKey.make(directory, "first", "secret");
        KeyStore second = SelfSignedKey.make(directory, "second", "secret");
        copy("first");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        HttpAccess.Tls shown =
                new HttpAccess.Tls(
                        directory.resolve("shown-certificate.pem"), directory.resolve("shown.pem"));
        HttpSettings settings =
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        Duration.ofSeconds(5),
                        Access.OPEN,
                        ServerCertificate.context(shown, now::get, meters));
        try (HttpApi api = HttpApi.receive(Receivers.NONE, meters, settings, Tracing.OFF)) {
            assertThat(health(api, first)).isEqualTo(200);

            copy("second");
            now.set(now.get().plusSeconds(1));
            assertThat(health(api, second)).isEqualTo(200);

            Files.writeString(shown.key(), "-----BEGIN nothing");
            now.set(now.get().plusSeconds(1));
            assertThat(health(api, second)).isEqualTo(200);
            assertThat(
                            meters.get("tide_scope_ast_files_unusable")
                                    .tag("files", "http_certificate")
                                    .gauge()
                                    .value())
                    .isEqualTo(1);
        }
    }

    private void copy(String name) throws IOException {
        for (String kind : List.of(".pem", "-certificate.pem")) {
            Files.copy(
                    directory.resolve(name + kind),
                    directory.resolve("shown" + kind),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Its status, for one who trusts this certificate alone. */
    private static int health(HttpApi api, KeyStore trusted) throws Exception {
        return health(api, trusting(trusted));
    }

    private static int health(HttpApi api, SSLContext trusting) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "https://127.0.0.1:" + api.port() + "/health"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void aCertificateThatCannotBeUsedIsRefusedAtTheStart() throws Exception {
        SelfSignedKey.make(directory, "server", "secret");
        SelfSignedKey.make(directory, "other", "secret");
        Files.writeString(directory.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nx\n");

        refused(tls("garbage.pem", "server.pem"), "garbage.pem");
        refused(tls("server-certificate.pem", "server-certificate.pem"), "there is no key");
        Path otherKey = directory.resolve("other-key.pem");
        String pem = Files.readString(directory.resolve("other.pem"));
        Files.writeString(otherKey, pem.substring(0, pem.indexOf("-----BEGIN CERTIFICATE")));
        refused(
                tls("server-certificate.pem", "other-key.pem"),
                "the key is not that of the certificate");
        refused(tls("absent.pem", "server.pem"), "absent.pem");
    }

    private void refused(HttpAccess http, String why) {
        assertThatThrownBy(() -> settings(http))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("http.tls: ")
                .hasMessageContaining(why);
    }

    private static HttpSettings settings(HttpAccess http) {
        return HttpServing.settings(
                HERE, Duration.ofSeconds(5), http, List.of(), new SimpleMeterRegistry());
    }

    private HttpAccess tls(String certificate, String key) {
        return new HttpAccess(
                null,
                null,
                new HttpAccess.Tls(directory.resolve(certificate), directory.resolve(key)));
    }

    private static SSLContext trusting(KeyStore server) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "server", server.getCertificate(server.aliases().nextElement()));
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
