package io.tidescope.store.remote;

import static io.tidescope.store.remote.ServerRig.CLUSTER;
import static io.tidescope.store.remote.ServerRig.ONE;
import static io.tidescope.store.remote.ServerRig.answer;
import static io.tidescope.store.remote.ServerRig.assertClosed;
import static io.tidescope.store.remote.ServerRig.assertFails;
import static io.tidescope.store.remote.ServerRig.await;
import static io.tidescope.store.remote.ServerRig.connect;
import static io.tidescope.store.remote.ServerRig.count;
import static io.tidescope.store.remote.ServerRig.eventually;
import static io.tidescope.store.remote.ServerRig.greeted;
import static io.tidescope.store.remote.ServerRig.soon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.Standing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Asking over real connections: what comes back, and what is refused. */
@Timeout(60)
class StoreServerTest {
    private final ServerRig rig = new ServerRig();

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void answersOfAllPartitionsComeBackWithWhereTheyStand() {
        RemoteNode node = rig.node(rig.serve(query -> 42L, ServerLimits.DEFAULT));

        Map<Integer, PartitionReply<Long>> replies =
                node.ask(count(), Map.of(1, PartitionBound.ANY, 5, PartitionBound.ANY));

        assertThat(replies)
                .isEqualTo(
                        Map.of(
                                1, new PartitionReply.Answered<>(42L, new Standing(1, true, 0)),
                                5, new PartitionReply.Answered<>(42L, new Standing(5, true, 0))));
        assertThat(node.status(soon())).isEqualTo(FakeNode.STATUS);
        assertThat(node.inspect(soon())).isEqualTo(FakeNode.INSPECTION);
    }

    @Test
    void whatAnsweringFailedWithIsThrownWhereItWasAsked() {
        RemoteNode node =
                rig.node(rig.serve(query -> RegexMatch.of("q", "(unclosed"), ServerLimits.DEFAULT));

        assertThatThrownBy(() -> node.ask(count(), ONE))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
                            assertThat(e.parameter()).isEqualTo("q");
                            assertThat(e).hasMessageContaining("malformed");
                        });
        assertThat(node.status(soon())).isEqualTo(FakeNode.STATUS);
    }

    @Test
    void aDefectOfTheNodeIsInternalAndEndsNothing() {
        RemoteNode node =
                rig.node(
                        rig.serve(
                                query -> {
                                    throw new IllegalStateException("a defect");
                                },
                                ServerLimits.DEFAULT));
        for (int i = 0; i < 3; i++) {
            assertFails(node, ErrorCode.INTERNAL, "a defect");
        }
    }

    @Test
    void aNodeThatIsStartedAgainIsAskedAgainWithoutAFailure() {
        StoreServer first = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        RemoteNode node = rig.node(first);
        assertThat(answer(node)).isEqualTo(1L);
        int port = first.port();
        first.close();
        assertFails(node, ErrorCode.UNAVAILABLE, "does not answer");
        rig.serve(port, query -> 2L, ServerLimits.DEFAULT);

        assertThat(answer(node)).isEqualTo(2L);
    }

    @Test
    void aConnectionThatTheNodeClosedMeanwhileIsNotMistakenForADeadNode() {
        StoreServer first = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        RemoteNode node = rig.node(first);
        assertThat(answer(node)).isEqualTo(1L);
        int port = first.port();
        first.close();
        rig.serve(port, query -> 2L, ServerLimits.DEFAULT);

        assertThat(answer(node)).isEqualTo(2L);
    }

    @Test
    void aNodeOfAnotherClusterRefusesWithBothNames() {
        StoreServer server = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        RemoteNode node = rig.node(server.port(), "another-id", ClientLimits.DEFAULT);
        assertFails(
                node,
                ErrorCode.UNAVAILABLE,
                "belongs to cluster the-topics-id and the other side to another-id");
    }

    @Test
    void aNewerVersionThatNoLongerSpeaksThisOneIsRefusedWithBothVersions() throws IOException {
        StoreServer server = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        try (Socket socket = connect(server)) {
            HelloFormat.write(
                    new HelloFormat.Hello(new HelloFormat.Versions(7, 8), CLUSTER),
                    socket.getOutputStream());
            assertThatThrownBy(() -> HelloFormat.readWelcome(socket.getInputStream()))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining(
                            "speaks versions 1 to 3 of the protocol and the other side versions 7"
                                    + " to 8");
            assertClosed(socket);
        }
    }

    @Test
    void aNewerVersionThatStillSpeaksThisOneIsWelcome() throws IOException {
        StoreServer server = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        try (Socket socket = connect(server)) {
            HelloFormat.write(
                    new HelloFormat.Hello(
                            new HelloFormat.Versions(HelloFormat.NEWEST, HelloFormat.NEWEST + 1),
                            CLUSTER),
                    socket.getOutputStream());
            assertThat(HelloFormat.readWelcome(socket.getInputStream()))
                    .isEqualTo(HelloFormat.NEWEST);
        }
    }

    @Test
    void anOlderNodeIsNotAskedForWhoMayNotSeeEverything() throws Exception {
        Scope some = new Scope(null, null, RepositoryGlobs.of("repositories", List.of("acme/*")));
        CountDocuments count = new CountDocuments(some, soon());

        assertNeverAsked(1, node -> node.ask(count, Map.of(1, new PartitionBound(false, -1, -1))));
    }

    @Test
    void anOlderNodeIsNotAskedHowItDoesInside() throws Exception {
        assertNeverAsked(2, node -> node.inspect(soon()));
    }

    /** A node of an older version hears nothing behind its hello, and whoever asks is told why. */
    private void assertNeverAsked(int version, Consumer<RemoteNode> question) throws Exception {
        try (ServerSocket older = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> heard =
                    CompletableFuture.supplyAsync(() -> hearAs(version, older));
            RemoteNode node = rig.node(older.getLocalPort(), CLUSTER, ClientLimits.DEFAULT);

            assertThatThrownBy(() -> question.accept(node))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION))
                    .hasMessageContaining("upgrade it");
            assertThat(heard.get()).isEmpty();
        }
    }

    /** What comes behind the hello. */
    private static byte[] hearAs(int version, ServerSocket server) {
        try (Socket socket = server.accept()) {
            HelloFormat.read(socket.getInputStream());
            HelloFormat.welcome(version, socket.getOutputStream());
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void garbageEndsTheConnectionAndNothingElse() throws IOException {
        StoreServer server = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        byte[][] garbage = {
            "GET / HTTP/1.1\r\nHost: store\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        };
        for (byte[] bytes : garbage) {
            try (Socket socket = connect(server)) {
                socket.getOutputStream().write(bytes);
                assertClosed(socket);
            }
        }
        byte[][] frames = {
            {-1, -1, -1, -1, 1},
            {0, 0, 0, 0, 1},
            {0x7F, 0, 0, 0, 1},
            {0, 0, 0, 1, 77},
            {0, 0, 0, 1, 3}
        };
        for (byte[] frame : frames) {
            try (Socket socket = greeted(server)) {
                socket.getOutputStream().write(frame);
                assertClosed(socket);
            }
        }
        assertThat(answer(rig.node(server))).isEqualTo(1L);
    }

    @Test
    void aQuestionThatIsNoneIsAnsweredWithAFailure() throws IOException {
        StoreServer server = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        try (Socket socket = greeted(server)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(3);
            out.write(new byte[] {1, 99, 99});
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            assertThat(in.readByte()).isEqualTo((byte) Frame.Kind.FAILURE.code());
            Failure failure = Wire.SHARED.readFailure(in.readNBytes(length - 1));
            assertThat(failure.code()).isEqualTo("INTERNAL");
        }
    }

    @Test
    void aNodeThatStopsFinishesWhatItIsAnswering() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        FakeNode fake = new FakeNode(query -> await(free));
        StoreServer server = rig.serve(0, fake, ServerLimits.DEFAULT);
        RemoteNode node = rig.node(server);
        CompletableFuture<Long> answer = CompletableFuture.supplyAsync(() -> answer(node));
        eventually(() -> fake.asked.get() == 1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        free.countDown();

        assertThat(answer.get()).isEqualTo(0L);
        closing.get();
    }

    @Test
    void anAddressInUseIsRefusedWithIt() {
        StoreServer server = rig.serve(query -> 1L, ServerLimits.DEFAULT);
        assertThatThrownBy(
                        () ->
                                StoreServer.bind(
                                        new InetSocketAddress("127.0.0.1", server.port()),
                                        null,
                                        ServerLimits.DEFAULT))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }
}
