package io.tidescope.app.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The loopback ports of an embedded broker.
 *
 * @param broker where clients connect
 * @param controller where the broker meets its own controller
 */
public record BrokerPorts(int broker, int controller) {
    /** Two ports that were free a moment ago; another process may still be faster to take them. */
    static BrokerPorts free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket broker = new ServerSocket(0, 1, loopback);
                ServerSocket controller = new ServerSocket(0, 1, loopback)) {
            return new BrokerPorts(broker.getLocalPort(), controller.getLocalPort());
        }
    }
}
