package io.tidescope.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.app.config.NodeTls;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.SelfSignedKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

@Timeout(60)
final class NodeCertificatesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @TempDir private Path directory;
    private KeyStore first;
    private KeyStore second;
    private SSLContext client;

    /** One for all connections of a test: sessions are known by it. */
    private SSLServerSocket listening;

    @BeforeEach
    void start() throws Exception {
        first = SelfSignedKey.make(directory, "first", "secret");
        second = SelfSignedKey.make(directory, "second", "secret");
        SelfSignedKey.make(directory, "client", "secret");
        Files.writeString(
                directory.resolve("servers.pem"),
                Files.readString(directory.resolve("first-certificate.pem"))
                        + Files.readString(directory.resolve("second-certificate.pem")));
        replace("own.pem", "first.pem");
        replace("trusted.pem", "client-certificate.pem");
        listening =
                (SSLServerSocket)
                        context("own.pem", "trusted.pem")
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listening.setNeedClientAuth(true);
        client = context("client.pem", "servers.pem");
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
    }

    @Test
    void aCertificateThatIsReplacedIsShownWithoutARestart() throws Exception {
        assertThat(shown()).isEqualTo(first.getCertificate("first"));

        replace("own.pem", "second.pem");
        now.set(now.get().plusSeconds(1));
        assertThat(shown()).isEqualTo(second.getCertificate("second"));

        Files.writeString(directory.resolve("own.pem"), "-----BEGIN nothing");
        now.set(now.get().plusSeconds(1));
        assertThat(shown()).isEqualTo(second.getCertificate("second"));
    }

    @Test
    void whoIsNoLongerTrustedIsRefusedWithoutARestart() throws Exception {
        assertThat(shown()).isEqualTo(first.getCertificate("first"));

        replace("trusted.pem", "second-certificate.pem");
        now.set(now.get().plusSeconds(1));

        // Nor do they come in on the session that they have, for longer than a second.
        Eventually.until(Duration.ofSeconds(20), "they are refused", this::isRefused);
    }

    private boolean isRefused() {
        try {
            shown();
            return false;
        } catch (IOException e) {
            return true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "own.pem, first-certificate.pem, there is no key",
        "trusted.pem, empty.p12, there is no certificate"
    })
    void whatIsOfNoUseIsRefusedAtTheStartAndChangesNothingLater(
            String file, String by, String reason) throws Exception {
        KeyStore nothing = KeyStore.getInstance("PKCS12");
        nothing.load(null, null);
        try (OutputStream out = Files.newOutputStream(directory.resolve("empty.p12"))) {
            nothing.store(out, new char[0]);
        }
        replace(file, by);
        now.set(now.get().plusSeconds(1));

        assertThat(shown()).isEqualTo(first.getCertificate("first"));
        assertThatThrownBy(() -> context("own.pem", "trusted.pem"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(reason);
    }

    @Test
    void anotherCertificatesKeyIsRefused() throws IOException {
        String certificate = Files.readString(directory.resolve("first-certificate.pem"));
        String both = Files.readString(directory.resolve("second.pem"));
        String begin = "-----BEGIN PRIVATE KEY-----";
        String end = "-----END PRIVATE KEY-----";
        String key = both.substring(both.indexOf(begin), both.indexOf(end) + end.length());
        Files.writeString(directory.resolve("mixed.pem"), certificate + key + "\n");

        assertThatThrownBy(() -> context("mixed.pem", "trusted.pem"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("the key is not that of the certificate");
    }

    private void replace(String file, String by) throws IOException {
        Files.copy(
                directory.resolve(by),
                directory.resolve(file),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private SSLContext context(String keystore, String truststore) {
        NodeTls tls =
                new NodeTls(directory.resolve(keystore), null, directory.resolve(truststore), null);
        return Objects.requireNonNull(
                NodeCertificates.context(tls, now::get, new SimpleMeterRegistry()));
    }

    /** What the server shows on a new connection. */
    private Certificate shown() throws Exception {
        try (ExecutorService serving = Executors.newSingleThreadExecutor()) {
            Future<Integer> answered =
                    serving.submit(
                            () -> {
                                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                                    accepted.getOutputStream().write(1);
                                    return accepted.getInputStream().read();
                                }
                            });
            try (SSLSocket socket =
                    (SSLSocket)
                            client.getSocketFactory()
                                    .createSocket(
                                            InetAddress.getLoopbackAddress(),
                                            listening.getLocalPort())) {
                socket.startHandshake();
                if (socket.getInputStream().read() != 1) {
                    throw new IOException("refused");
                }
                Certificate shown = socket.getSession().getPeerCertificates()[0];
                socket.getOutputStream().write(1);
                assertThat(answered.get()).isEqualTo(1);
                return shown;
            }
        }
    }
}
