package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.Standing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asking over TLS, where both sides show a certificate. */
@Timeout(60)
class SecuredServerTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir Path directory;

    private KeyStore trusted;
    private StoreServer server;

    @BeforeEach
    void serve() throws Exception {
        trusted = keys("trusted", "SAN=ip:127.0.0.1");
        server =
                StoreServer.bind(
                        new InetSocketAddress("127.0.0.1", 0),
                        context(trusted, trusted),
                        ServerLimits.DEFAULT);
        server.serve("cluster", new FakeNode(query -> 42L));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whoShowsACertificateThatIsTrustedIsAnswered() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(context(trusted, trusted)))
                    .isEqualTo(new PartitionReply.Answered<>(42L, new Standing(0, true, 0)));
        }
    }

    @Test
    void whoShowsNoneOrAStrangersIsNot() throws Exception {
        assertUnavailable(context(null, trusted));
        assertUnavailable(context(keys("stranger", "SAN=ip:127.0.0.1"), trusted));
        assertUnavailable(null);
    }

    @Test
    void aNodeThatIsNotWhoItsAddressSaysIsNotAsked() throws Exception {
        KeyStore other = keys("other", "SAN=dns:elsewhere.example");
        try (StoreServer imposter =
                StoreServer.bind(
                        new InetSocketAddress("127.0.0.1", 0),
                        context(other, other),
                        ServerLimits.DEFAULT)) {
            FakeNode fake = new FakeNode(query -> 42L);
            imposter.serve("cluster", fake);
            assertThatThrownBy(() -> ask(imposter, context(other, other)))
                    .isInstanceOf(TideScopeException.class);
            assertThat(fake.asked).hasValue(0);
        }
    }

    private void assertUnavailable(@Nullable SSLContext context) {
        assertThatThrownBy(() -> ask(context))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("does not answer");
    }

    private @Nullable PartitionReply<Long> ask(@Nullable SSLContext context) {
        return ask(server, context);
    }

    private static @Nullable PartitionReply<Long> ask(
            StoreServer asked, @Nullable SSLContext context) {
        NodeAddress address = new NodeAddress("127.0.0.1", asked.port());
        try (RemoteNode node = new RemoteNode(address, "cluster", context, ClientLimits.DEFAULT)) {
            return node.ask(
                            new CountDocuments(
                                    Scope.EVERYWHERE, Deadline.in(Duration.ofSeconds(20))),
                            Map.of(0, PartitionBound.ANY))
                    .get(0);
        }
    }

    /** A key and its certificate, signed by itself. */
    private KeyStore keys(String name, String subject) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                subject,
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(@Nullable KeyStore own, KeyStore trust) throws Exception {
        KeyManagerFactory mine =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        mine.init(own, PASSWORD);
        TrustManagerFactory theirs =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        for (String alias : Collections.list(trust.aliases())) {
            certificates.setCertificateEntry(alias, trust.getCertificate(alias));
        }
        theirs.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : mine.getKeyManagers(), theirs.getTrustManagers(), null);
        return context;
    }
}
