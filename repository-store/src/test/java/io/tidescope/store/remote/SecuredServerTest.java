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
import io.tidescope.testing.SelfSignedKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLContext;

/** Asking over TLS, where both sides show a certificate. */
@Timeout(60)
class SecuredServerTest {
    @TempDir Path directory;

    private KeyStore trusted;
    private StoreServer server;

    @BeforeEach
    void serve() throws Exception {
        trusted = keys("trusted", "SAN=ip:127.0.0.1");
        server =
                StoreServer.bind(
                        new InetSocketAddress("127.0.0.1", 0),
                        TestTls.context(trusted, trusted),
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
            assertThat(ask(TestTls.context(trusted, trusted)))
                    .isEqualTo(new PartitionReply.Answered<>(42L, new Standing(0, true, 0)));
        }
    }

    @Test
    void whoShowsNoneOrAStrangersIsNot() throws Exception {
        assertUnavailable(TestTls.context(null, trusted));
        assertUnavailable(TestTls.context(keys("stranger", "SAN=ip:127.0.0.1"), trusted));
        assertUnavailable(null);
    }

    @Test
    void aNodeThatIsNotWhoItsAddressSaysIsNotAsked() throws Exception {
        KeyStore other = keys("other", "SAN=dns:elsewhere.example");
        try (StoreServer imposter =
                StoreServer.bind(
                        new InetSocketAddress("127.0.0.1", 0),
                        TestTls.context(other, other),
                        ServerLimits.DEFAULT)) {
            FakeNode fake = new FakeNode(query -> 42L);
            imposter.serve("cluster", fake);
            assertThatThrownBy(() -> ask(imposter, TestTls.context(other, other)))
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

    private KeyStore keys(String name, String subject) throws Exception {
        return SelfSignedKey.make(directory, name, subject, TestTls.PASSWORD);
    }
}
