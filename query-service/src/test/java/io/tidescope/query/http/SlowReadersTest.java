package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.javalin.Javalin;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.Audit;
import io.tidescope.query.access.Permission;
import io.tidescope.query.api.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

@Timeout(60)
class SlowReadersTest {
    /** An answer that never ends, and counts what was made of it. */
    private static Endpoint endless(AtomicLong made) {
        return new Endpoint(
                Endpoint.Input.QUERY,
                "/endless",
                List.of(),
                (arguments, visible) -> endlessly(made));
    }

    private static Iterator<String> endlessly(AtomicLong made) {
        return Stream.generate(() -> "item %d of many".formatted(made.incrementAndGet()))
                .iterator();
    }

    @Test
    void aClientThatReadsNothingIsHungUpOn() throws Exception {
        assertHungUpOn(in -> {});
    }

    @Test
    void aClientThatReadsAByteNowAndThenIsHungUpOn() throws Exception {
        assertHungUpOn(InputStream::read);
    }

    private interface Reading {
        void read(InputStream in) throws Exception;
    }

    private static void assertHungUpOn(Reading reading) throws Exception {
        AtomicLong made = new AtomicLong();
        RequestQueue requests = new RequestQueue(1, 1, 1, Duration.ofMillis(1));
        try (SlowReaders readers = new SlowReaders(Duration.ofMillis(300), 1 << 30)) {
            Javalin server =
                    Javalin.create(
                                    config ->
                                            config.routes.get(
                                                    "/endless",
                                                    new Guard(
                                                                    Access.OPEN,
                                                                    new Audit(
                                                                            InstantSource.system()))
                                                            .needs(
                                                                    Permission.READ,
                                                                    new QueryHandler(
                                                                            endless(made),
                                                                            requests,
                                                                            readers))))
                            .start("127.0.0.1", 0);
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                client.getOutputStream()
                        .write("GET /endless HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(US_ASCII));
                client.getOutputStream().flush();
                while (made.get() == 0) {
                    Thread.onSpinWait();
                }
                while (requests.enter("another") != RequestQueue.Entry.ENTERED) {
                    reading.read(client.getInputStream());
                    Thread.yield();
                }
            } finally {
                server.stop();
            }
        }
        assertThat(made).hasPositiveValue();
    }
}
