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

    private static Socket connect(HttpApi api) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), api.port());
    }
}
