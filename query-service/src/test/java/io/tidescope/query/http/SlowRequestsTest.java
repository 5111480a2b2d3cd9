package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.trace.Tracing;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

@Timeout(60)
class SlowRequestsTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] HEADER = "GET / HTTP/1.1\r\nX: ".getBytes(US_ASCII);

    /** A record of a handshake that is to have 4,096 bytes. */
    private static final byte[] CLIENT_HELLO = {0x16, 0x03, 0x01, 0x10, 0x00, 0x01};

    private static final Pattern ANSWERED =
            Pattern.compile("(HTTP/1\\.1 100.*\r\n\r\n)?HTTP/1\\.1 200 .*\r\n\r\n", Pattern.DOTALL);

    private final AtomicInteger hungUp = new AtomicInteger();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServerConnector secured = new ServerConnector(server, withoutCertificate());

    private static SslContextFactory.Server withoutCertificate() {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        try {
            tls.setSslContext(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return tls;
    }

    @BeforeEach
    void start() throws Exception {
        for (ServerConnector each : List.of(connector, secured)) {
            each.setHost("127.0.0.1");
            each.addBean(new SlowRequests(each, PATIENCE, hungUp::incrementAndGet));
            server.addConnector(each);
        }
        server.setHandler(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback)
                            throws InterruptedException, IOException {
                        Content.Source.consumeAll(request);
                        Thread.sleep(3 * PATIENCE.toMillis()); // an answer may take its time
                        callback.succeeded();
                        return true;
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void aRequestThatTricklesInIsHungUpOn() throws Exception {
        try (Socket client = connect(connector.getLocalPort())) {
            assertThat(trickle(client, HEADER)).isTrue();
        }
        assertThat(hungUp).hasValue(1);
    }

    @Test
    void aHandshakeThatTricklesInIsHungUpOn() throws Exception {
        try (Socket client = connect(secured.getLocalPort())) {
            assertThat(trickle(client, CLIENT_HELLO)).isTrue();
        }
        assertThat(hungUp).hasValue(1);
    }

    @Test
    void aSecondRequestThatTricklesInIsHungUpOnAsWell() throws Exception {
        try (Socket client = connect(connector.getLocalPort())) {
            ask(client);
            assertThat(trickle(client, HEADER)).isTrue();
        }
        assertThat(hungUp).hasValue(1);
    }

    @Test
    void whoAsksNothingOrIsAnsweredIsLeftAlone() throws Exception {
        try (Socket idle = connect(connector.getLocalPort());
                Socket client = connect(connector.getLocalPort())) {
            for (int i = 0; i < 3; i++) {
                ask(client);
            }
            ask(idle);
        }
        assertThat(hungUp).hasValue(0);
    }

    /** Longer than a request may take to come, and looked at in between. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void aBodyMayTakeLongerAndTheConnectionIsIdleThen(String header) throws Exception {
        try (Socket client = connect(connector.getLocalPort())) {
            byte[] headers =
                    ("POST / HTTP/1.1\r\nHost: here\r\n%sContent-Length: 40\r\n\r\n"
                                    .formatted(header))
                            .getBytes(US_ASCII);
            client.getOutputStream().write(headers);
            for (int i = 0; i < 40; i++) {
                Thread.sleep(PATIENCE.toMillis() / 10); // what comes slowly is the point
                client.getOutputStream().write('x');
            }
            readAnswer(client);
            Thread.sleep(2 * PATIENCE.toMillis()); // a client that has nothing to ask
            ask(client);
        }
        assertThat(hungUp).hasValue(0);
    }

    @Test
    void blankLinesAreNoRequest() throws Exception {
        try (Socket client = connect(connector.getLocalPort())) {
            assertThat(trickle(client, new byte[] {'\r', '\n'}, new byte[] {'\r', '\n'})).isTrue();
        }
        assertThat(hungUp).hasValue(1);
    }

    @Test
    void theApiHangsUpAndCountsIt() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (HttpApi api =
                        HttpApi.receive(
                                Receivers.NONE, meters, HttpSettings.local(0), Tracing.OFF);
                Socket client = connect(api.port())) {
            assertThat(trickle(client, HEADER)).isTrue();
        }
        assertThat(
                        meters.get("tide_scope_ast_errors")
                                .tag("error_type", "request_timeout")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void ask(Socket client) throws IOException {
        client.getOutputStream().write(REQUEST);
        readAnswer(client);
    }

    /** Past one that says that there will be one. */
    private static void readAnswer(Socket client) throws IOException {
        byte[] answer = new byte[1024];
        int length = 0;
        while (!ANSWERED.matcher(new String(answer, 0, length, US_ASCII)).matches()) {
            int read = client.getInputStream().read(answer, length, answer.length - length);
            assertThat(read).as("it answers").isPositive();
            length += read;
        }
    }

    private static boolean trickle(Socket client, byte[] beginning) throws IOException {
        return trickle(client, beginning, new byte[] {'x'});
    }

    /** Begins, and goes on a little at a time without an end; whether it was hung up on. */
    private static boolean trickle(Socket client, byte[] beginning, byte[] more)
            throws IOException {
        client.getOutputStream().write(beginning);
        client.setSoTimeout(100);
        long limit = System.nanoTime() + HttpSettings.HEADER_PATIENCE.multipliedBy(3).toNanos();
        while (System.nanoTime() < limit) {
            try {
                client.getOutputStream().write(more);
                if (client.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                // it still waits
            } catch (SocketException e) {
                return true;
            }
        }
        return false;
    }
}
