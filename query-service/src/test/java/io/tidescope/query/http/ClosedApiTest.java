package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.trace.Tracing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class ClosedApiTest {
    @Test
    void cutsOffARequestThatDoesNotEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        PokeReceiver stuck =
                name -> {
                    asked.countDown();
                    await(never);
                };
        HttpApi api =
                HttpApi.receive(
                        new Receivers(stuck, null),
                        new SimpleMeterRegistry(),
                        HttpSettings.local(0),
                        Tracing.OFF);
        int port = api.port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(
                            ("POST /api/v1/poke?repository=shop HTTP/1.1\r\nHost: here\r\n"
                                            + "Content-Length: 0\r\n\r\n")
                                    .getBytes(US_ASCII));
            asked.await();

            assertThatCode(api::close).doesNotThrowAnyException();
        }

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
