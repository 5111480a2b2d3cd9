package io.tidescope.testing.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between two processes of this machine, as a TCP proxy that can be cut, stalled and
 * slowed. Whoever is to go through it is told its port instead of the real one. Safe for concurrent
 * use.
 */
public final class Link implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int BACKLOG = 128;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** How the link is; guarded by the lock. */
    private State state = State.HEALTHY;

    private Duration delay = Duration.ZERO;

    private enum State {
        HEALTHY,
        /** Connections stay, and nothing gets through. */
        STALLED,
        /** Connections are reset, and so are new ones. */
        CUT,
        CLOSED
    }

    private Link(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /**
     * A healthy link to a port of this machine; nobody needs to listen there yet.
     *
     * @param port where the link itself is; 0 for any that is free
     */
    public static Link to(int target, int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            ServerSocket listener = new ServerSocket(port, BACKLOG, loopback);
            Link link = new Link(new InetSocketAddress(loopback, target), listener);
            Thread.ofVirtual().name("link-" + target).start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** Where it takes connections. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Resets all connections; new ones are reset too. */
    public void cut() {
        turn(State.CUT, Duration.ZERO);
        open.forEach(Link::reset);
    }

    /** Lets nothing through any more, as a cable pulled out does: nobody is told. */
    public void stall() {
        turn(State.STALLED, Duration.ZERO);
    }

    /** Holds every piece back for some time, in both directions. */
    public void slow(Duration by) {
        turn(State.HEALTHY, by);
    }

    /** Lets everything through; what waited goes on. */
    public void heal() {
        turn(State.HEALTHY, Duration.ZERO);
    }

    private void turn(State next, Duration nextDelay) {
        lock.lock();
        try {
            if (state != State.CLOSED) {
                state = next;
                delay = nextDelay;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                open.add(near);
                Thread.ofVirtual().name("link-connect").start(() -> connect(near));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        open.add(far);
        try {
            if (letThrough()) {
                far.connect(target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Thread back = Thread.ofVirtual().name("link-back").start(() -> pump(far, near));
                pump(near, far);
                back.join();
            }
        } catch (IOException e) {
            // Nobody listens there; who connected to the link learns it as well.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
            open.remove(far);
            reset(near);
            reset(far);
        }
    }

    /** Passes one direction on, until it ends or the link does. */
    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (!letThrough()) {
                    throw new IOException("the link was cut");
                }
                out.write(chunk, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    /** Waits while the link is stalled, and for its delay; false when it is cut. */
    private boolean letThrough() {
        Duration wait;
        lock.lock();
        try {
            while (state == State.STALLED) {
                changed.awaitUninterruptibly();
            }
            if (state != State.HEALTHY) {
                return false;
            }
            wait = delay;
        } finally {
            lock.unlock();
        }
        if (wait.isPositive()) {
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        turn(State.CLOSED, Duration.ZERO);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Link::reset);
    }
}
