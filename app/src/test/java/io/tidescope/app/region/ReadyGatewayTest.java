package io.tidescope.app.region;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
final class ReadyGatewayTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;

    ReadyGatewayTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itIsAskedUntilItIsReady() throws Exception {
        URI gateway = serve(3);

        assertThat(ReadyGateway.await(gateway, LONG)).isTrue();
        assertThat(asked).hasValue(3);
    }

    @Test
    void oneThatIsNotReadyIsNotWaitedForForEver() throws Exception {
        URI gateway = serve(Integer.MAX_VALUE);

        assertThat(ReadyGateway.await(gateway, Duration.ZERO)).isFalse();
        server.stop(0);
        assertThat(ReadyGateway.await(gateway, Duration.ZERO)).isFalse();
    }

    /** Ready from the question of that number on. */
    private URI serve(int ready) {
        server.createContext(
                "/health/ready",
                exchange -> {
                    boolean yet = asked.incrementAndGet() >= ready;
                    exchange.sendResponseHeaders(yet ? 200 : 503, -1);
                    exchange.close();
                });
        server.start();
        return URI.create(
                "http://%s:%d/"
                        .formatted(
                                server.getAddress().getAddress().getHostAddress(),
                                server.getAddress().getPort()));
    }
}
