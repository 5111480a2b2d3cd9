package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.TestRecords;
import io.tidescope.testing.Eventually;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Servers over nodes that a test says the answers of, and those that ask them. */
final class ServerRig implements AutoCloseable {
    static final String CLUSTER = "the-topics-id";
    static final Map<Integer, PartitionBound> ONE = Map.of(0, PartitionBound.ANY);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    /** Closes something in the end, before what was opened earlier. */
    void opened(AutoCloseable closed) {
        opened.add(closed);
    }

    static boolean answers(RemoteNode node) {
        try {
            return answer(node) == 1L;
        } catch (TideScopeException e) {
            return false;
        }
    }

    StoreServer serve(Function<StoreQuery<?>, Object> answer, ServerLimits limits) {
        return serve(0, answer, limits);
    }

    StoreServer serve(int port, Function<StoreQuery<?>, Object> answer, ServerLimits limits) {
        return serve(port, new FakeNode(answer), limits);
    }

    StoreServer serve(int port, FakeNode node, ServerLimits limits) {
        StoreServer server = bind(port, limits);
        server.serve(CLUSTER, node);
        return server;
    }

    StoreServer bind(int port, ServerLimits limits) {
        StoreServer server =
                StoreServer.bind(new InetSocketAddress("127.0.0.1", port), null, limits);
        opened.add(server);
        return server;
    }

    RemoteNode node(StoreServer server) {
        return node(server.port(), CLUSTER, ClientLimits.DEFAULT);
    }

    RemoteNode node(int port, String cluster, ClientLimits limits) {
        RemoteNode node = new RemoteNode(new NodeAddress("127.0.0.1", port), cluster, null, limits);
        opened.add(node);
        return node;
    }

    static Socket connect(StoreServer server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    static Socket greeted(StoreServer server) throws IOException {
        Socket socket = connect(server);
        HelloFormat.write(hello(), socket.getOutputStream());
        HelloFormat.readWelcome(socket.getInputStream());
        return socket;
    }

    static HelloFormat.Hello hello() {
        return new HelloFormat.Hello(HelloFormat.Versions.OURS, CLUSTER);
    }

    /** By an end or by a reset, which comes when the server had not read everything. */
    static void assertClosed(Socket socket) {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    static void assertFails(RemoteNode node, ErrorCode code, String message) {
        assertThatThrownBy(() -> answer(node))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> {
                            assertThat(e).hasMessageContaining(message);
                            assertThat(e.code()).isEqualTo(code);
                        });
    }

    static long answer(RemoteNode node) {
        PartitionReply<Long> reply = Objects.requireNonNull(node.ask(count(), ONE).get(0));
        return ((PartitionReply.Answered<Long>) reply).answer();
    }

    static CountDocuments count() {
        return new CountDocuments(Scope.EVERYWHERE, soon());
    }

    static RevisionMarker marker(int length) {
        return TestRecords.marker("r".repeat(length), "refs/heads/main", null, 1, true);
    }

    static void eventually(BooleanSupplier condition) {
        Eventually.until(Duration.ofSeconds(30), "what the test waits for", condition);
    }

    static long await(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
