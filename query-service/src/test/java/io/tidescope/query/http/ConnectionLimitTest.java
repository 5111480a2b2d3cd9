package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class ConnectionLimitTest {
    @Test
    void connectionsBeyondTheLimitWaitForIdleOnesToBeClosed() throws Exception {
        List<Socket> open = new ArrayList<>();
        try (HttpApi api = HttpApi.receive(Receivers.NONE, HttpSettings.local(0))) {
            for (int i = 0; i < HttpSettings.MAX_CONNECTIONS; i++) {
                open.add(connect(api));
            }
            Socket beyond = connect(api);
            open.add(beyond);
            beyond.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(US_ASCII));

            assertThat(open.getFirst().getInputStream().read()).as("closed").isEqualTo(-1);
            assertThat(beyond.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    @Test
    void whatIsBeingAnsweredIsNotIdle() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch othersClosed = new CountDownLatch(1);
        PokeReceiver slow =
                name -> {
                    asked.countDown();
                    await(othersClosed);
                };
        List<Socket> open = new ArrayList<>();
        try (HttpApi api = HttpApi.receive(new Receivers(slow, null), HttpSettings.local(0))) {
            Socket first = connect(api);
            open.add(first);
            first.getOutputStream()
                    .write(
                            ("POST /api/v1/poke?repository=shop HTTP/1.1\r\nHost: here\r\n"
                                            + "Content-Length: 0\r\n\r\n")
                                    .getBytes(US_ASCII));
            asked.await();
            for (int i = 0; i < HttpSettings.MAX_CONNECTIONS; i++) {
                open.add(connect(api));
            }

            Socket lastAccepted = open.get(HttpSettings.MAX_CONNECTIONS - 1);
            assertThat(lastAccepted.getInputStream().read()).as("closed").isEqualTo(-1);
            othersClosed.countDown();
            assertThat(first.getInputStream().readNBytes(10)).asString().isEqualTo("HTTP/1.1 2");
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Socket connect(HttpApi api) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        // Less than an idle connection is left alone for otherwise.
        socket.setSoTimeout((int) HttpSettings.IDLE_TIMEOUT.dividedBy(3).toMillis());
        return socket;
    }
}
