package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.testing.Eventually;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class ConnectionLimitTest {
    @Test
    void connectionsBeyondTheLimitWaitForIdleOnesToBeClosed() throws Exception {
        List<Socket> open = new ArrayList<>();
        try (HttpApi api =
                HttpApi.receive(
                        Receivers.NONE,
                        new SimpleMeterRegistry(),
                        HttpSettings.local(0),
                        Tracing.OFF)) {
            for (int i = 0; i < HttpSettings.MAX_CONNECTIONS; i++) {
                open.add(connect(api.port()));
            }
            Socket beyond = connect(api.port());
            open.add(beyond);
            beyond.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(US_ASCII));

            assertThat(beyond.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            assertThat(open.subList(0, HttpSettings.MAX_CONNECTIONS))
                    .as("made room by being closed")
                    .anyMatch(ConnectionLimitTest::isClosed);
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    @Test
    void whatIsBeingAnsweredIsNotIdle() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch idleClosed = new CountDownLatch(1);
        PokeReceiver slow =
                name -> {
                    asked.countDown();
                    await(idleClosed);
                };
        List<Socket> open = new ArrayList<>();
        try (HttpApi api =
                HttpApi.receive(
                        new Receivers(slow, null),
                        new SimpleMeterRegistry(),
                        HttpSettings.local(0),
                        Tracing.OFF)) {
            Socket first = connect(api.port());
            open.add(first);
            first.getOutputStream()
                    .write(
                            ("POST /api/v1/poke?repository=shop HTTP/1.1\r\nHost: here\r\n"
                                            + "Content-Length: 0\r\n\r\n")
                                    .getBytes(US_ASCII));
            asked.await();
            for (int i = 0; i < HttpSettings.MAX_CONNECTIONS; i++) {
                open.add(connect(api.port()));
            }

            // Those that came later, which have been idle for less long than it has been waiting.
            Eventually.until(
                    HttpSettings.IDLE_TIMEOUT.dividedBy(2),
                    "idle ones are closed",
                    () -> open.stream().skip(1).anyMatch(ConnectionLimitTest::isClosed));
            idleClosed.countDown();

            assertThat(first.getInputStream().readNBytes(10)).asString().isEqualTo("HTTP/1.1 2");
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    @Test
    void aFullConnectorIsShutDownWithinItsPatience() throws Exception {
        Server server = new Server();
        server.setStopTimeout(HttpSettings.IDLE_TIMEOUT.dividedBy(6).toMillis());
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setIdleTimeout(HttpSettings.IDLE_TIMEOUT.toMillis());
        connector.setAcceptQueueSize(HttpSettings.MAX_CONNECTIONS);
        ConnectionLimit limit = new ConnectionLimit(connector);
        // Those that came first must be there yet when the last has come.
        limit.setEndPointIdleTimeout(HttpSettings.IDLE_TIMEOUT.toMillis());
        connector.addBean(limit);
        server.addConnector(connector);
        server.start();
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < HttpSettings.MAX_CONNECTIONS; i++) {
                open.add(connect(connector.getLocalPort()));
            }
            Eventually.until(
                    HttpSettings.IDLE_TIMEOUT.dividedBy(2),
                    "all are accepted",
                    () -> connector.getConnectedEndPoints().size() == HttpSettings.MAX_CONNECTIONS);

            assertThatCode(server::stop).doesNotThrowAnyException();
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    /** Whether the other side closed it; on loopback what was closed is known at once. */
    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        // Less than an idle connection is left alone for otherwise.
        socket.setSoTimeout((int) HttpSettings.IDLE_TIMEOUT.dividedBy(3).toMillis());
        return socket;
    }
}
