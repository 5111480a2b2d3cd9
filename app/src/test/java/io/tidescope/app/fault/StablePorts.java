package io.tidescope.app.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback below those that the system gives to outgoing connections, so that a process
 * that was killed finds its own free when it comes back. Used by one thread.
 */
final class StablePorts {
    private static final int FIRST = 12_000;
    private static final int LAST = 31_000;

    private int next = ThreadLocalRandom.current().nextInt(FIRST, LAST - 1_000);

    /** One that is free now and was not given before. */
    int take() {
        while (next < LAST) {
            int port = next++;
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // It is somebody's.
            }
        }
        throw new IllegalStateException("no port is free up to " + LAST);
    }
}
