package io.tidescope.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

@Timeout(30)
final class LinkTest {
    /** For an answer that comes. */
    private static final int PATIENCE_MILLIS = 5_000;

    /** For one that does not. */
    private static final int IMPATIENCE_MILLIS = 200;

    private ServerSocket echo = open();
    private Link link = Link.to(echo.getLocalPort(), 0);

    @BeforeEach
    void serve() {
        Thread.ofVirtual().start(this::acceptAll);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void healthyItLetsEverythingThroughInBothDirections() throws IOException {
        try (Socket socket = connect()) {
            assertThat(exchange(socket, 7)).isEqualTo(7);
            assertThat(exchange(socket, 8)).isEqualTo(8);
        }
    }

    @Test
    void cutItResetsConnectionsOldAndNew() throws IOException {
        try (Socket old = connect()) {
            assertThat(exchange(old, 1)).isEqualTo(1);

            link.cut();

            assertThatThrownBy(() -> exchange(old, 2)).isInstanceOf(IOException.class);
            assertThatThrownBy(
                            () -> {
                                try (Socket fresh = connect()) {
                                    exchange(fresh, 3);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void healedItTakesNewConnections() throws IOException {
        link.cut();
        link.heal();

        try (Socket socket = connect()) {
            assertThat(exchange(socket, 4)).isEqualTo(4);
        }
    }

    @Test
    void stalledItKeepsConnectionsAndHoldsWhatIsSentUntilItHeals() throws IOException {
        try (Socket socket = connect()) {
            assertThat(exchange(socket, 1)).isEqualTo(1);
            link.stall();

            socket.setSoTimeout(IMPATIENCE_MILLIS);
            assertThatThrownBy(() -> exchange(socket, 5))
                    .isInstanceOf(SocketTimeoutException.class);
            link.heal();

            socket.setSoTimeout(PATIENCE_MILLIS);
            assertThat(socket.getInputStream().read()).isEqualTo(5);
        }
    }

    @Test
    void slowedItIsLateByWhatItWasTold() throws IOException {
        try (Socket socket = connect()) {
            assertThat(exchange(socket, 1)).isEqualTo(1);
            link.slow(Duration.ofMillis(60));
            long start = System.nanoTime();

            assertThat(exchange(socket, 6)).isEqualTo(6);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(120));
        }
    }

    @Test
    void whoeverEndsAConnectionEndsItOnBothSides() throws IOException {
        try (Socket socket = connect()) {
            assertThat(exchange(socket, 1)).isEqualTo(1);
            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static int exchange(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        int answer = socket.getInputStream().read();
        if (answer < 0) {
            throw new IOException("the connection ended");
        }
        return answer;
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void acceptAll() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The link was cut.
        }
    }
}
