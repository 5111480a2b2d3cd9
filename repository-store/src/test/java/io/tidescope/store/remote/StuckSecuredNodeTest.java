package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.testing.SelfSignedKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

/** A node that takes no question any more, over TLS: whose sockets close in their own way. */
@Timeout(60)
class StuckSecuredNodeTest {

    private final CountDownLatch done = new CountDownLatch(1);
    @TempDir Path directory;
    private SSLContext tls;
    private ServerSocket stuck;

    @BeforeEach
    void listen() throws Exception {
        tls = tls();
        stuck =
                tls.getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        // So that the kernel takes little for a node that does not read.
        stuck.setReceiveBufferSize(16 << 10);
        Thread.ofPlatform().daemon().start(this::welcomeAndReadNoMore);
    }

    @AfterEach
    void close() throws IOException {
        done.countDown();
        stuck.close();
    }

    private void welcomeAndReadNoMore() {
        try (Socket socket = stuck.accept()) {
            HelloFormat.read(socket.getInputStream());
            HelloFormat.welcome(HelloFormat.NEWEST, socket.getOutputStream());
            done.await();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverAsksGoesOnAtTheDeadlineAndNobodyElseIsHeldUp() throws Exception {
        NodeAddress address = new NodeAddress("127.0.0.1", stuck.getLocalPort());
        RemoteNode node = new RemoteNode(address, "cluster", tls, ClientLimits.DEFAULT);
        CompletableFuture<?> answer =
                CompletableFuture.supplyAsync(
                        () ->
                                node.ask(
                                        large(Duration.ofMillis(900)),
                                        Map.of(0, PartitionBound.ANY)));

        assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
        // Timeouts of the whole process share a thread.
        assertThat(
                        new CompletableFuture<Integer>()
                                .completeOnTimeout(1, 1, TimeUnit.MILLISECONDS)
                                .get(20, TimeUnit.SECONDS))
                .isEqualTo(1);
    }

    /** More than the kernel takes for a node that does not read. */
    private static ListDocuments large(Duration time) {
        return new ListDocuments("r", "m", "p".repeat(7 << 20), null, 1, Deadline.in(time));
    }

    /** Of one who trusts nobody but himself. */
    private SSLContext tls() throws Exception {
        KeyStore keys = SelfSignedKey.make(directory, "node", TestTls.PASSWORD);
        return TestTls.context(keys, keys);
    }
}
