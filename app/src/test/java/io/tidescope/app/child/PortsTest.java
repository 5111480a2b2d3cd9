package io.tidescope.app.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

final class PortsTest {
    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void onePortIsToldFromOneThatIsTaken() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> Ports.requireFree(LOOPBACK, port, Duration.ZERO))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessage("port " + port + " is already in use; choose another with --port");
        }
        assertThat(Ports.awaitFree(LOOPBACK, port, Duration.ofSeconds(10))).isTrue();
    }

    /** The second is of a network for documentation (RFC 5737), which nobody has. */
    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid", "192.0.2.1"})
    void aHostThatIsNotThisMachineIsNotTakenForAPortInUse(String host) {
        assertThatThrownBy(() -> Ports.requireFree(host, 0, Duration.ZERO))
                .isInstanceOf(TideScopeException.class)
                .hasMessageStartingWith(host + " is no address of this machine")
                .hasMessageContaining("--host");
    }
}
