package io.tidescope.app.child;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Which ports can be had; a moment later another process may still be faster. */
public final class Ports {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Ports() {}

    /** So many of loopback that are free, all different. */
    public static List<Integer> find(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /** Whether nothing listens there, on an address that this machine has. */
    private static boolean isFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits until a port can be had, which 0 always can.
     *
     * @param patience for a process that has it, and may be ending
     * @return whether it can
     */
    public static boolean awaitFree(String host, int port, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!isFree(host, port)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /**
     * The same, for a port that must be had.
     *
     * @throws TideScopeException PRECONDITION_FAILED when it is in use still, INVALID_ARGUMENT when
     *     no port of the host can be had
     */
    public static void requireFree(String host, int port, Duration patience) {
        if (!awaitFree(host, port, patience)) {
            if (!isFree(host, 0)) {
                throw new TideScopeException(
                        ErrorCode.INVALID_ARGUMENT,
                        "%s is no address of this machine; choose another with --host"
                                .formatted(host));
            }
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "port %d is already in use; choose another with --port".formatted(port));
        }
    }
}
