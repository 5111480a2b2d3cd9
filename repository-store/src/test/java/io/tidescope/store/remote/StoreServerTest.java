package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.rocks.TestRecords;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Asking over real connections: what comes back, what is refused, and who is hung up on. */
@Timeout(60)
class StoreServerTest {
    private static final String CLUSTER = "the-topics-id";
    private static final Map<Integer, PartitionBound> ONE = Map.of(0, PartitionBound.ANY);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void answersOfAllPartitionsComeBackWithWhereTheyStand() {
        RemoteNode node = node(serve(query -> 42L, ServerLimits.DEFAULT));

        Map<Integer, PartitionReply<Long>> replies =
                node.ask(count(), Map.of(1, PartitionBound.ANY, 5, PartitionBound.ANY));

        assertThat(replies)
                .isEqualTo(
                        Map.of(
                                1, new PartitionReply.Answered<>(42L, new Standing(1, true, 0)),
                                5, new PartitionReply.Answered<>(42L, new Standing(5, true, 0))));
        assertThat(node.status(soon())).isEqualTo(FakeNode.STATUS);
    }

    @Test
    void whatAnsweringFailedWithIsThrownWhereItWasAsked() {
        RemoteNode node =
                node(serve(query -> RegexMatch.of("q", "(unclosed"), ServerLimits.DEFAULT));

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
                node(
                        serve(
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
        StoreServer first = serve(query -> 1L, ServerLimits.DEFAULT);
        RemoteNode node = node(first);
        assertThat(answer(node)).isEqualTo(1L);
        int port = first.port();
        first.close();
        assertFails(node, ErrorCode.UNAVAILABLE, "does not answer");
        serve(port, query -> 2L, ServerLimits.DEFAULT);

        assertThat(answer(node)).isEqualTo(2L);
    }

    @Test
    void aConnectionThatTheNodeClosedMeanwhileIsNotMistakenForADeadNode() {
        StoreServer first = serve(query -> 1L, ServerLimits.DEFAULT);
        RemoteNode node = node(first);
        assertThat(answer(node)).isEqualTo(1L);
        int port = first.port();
        first.close();
        serve(port, query -> 2L, ServerLimits.DEFAULT);

        assertThat(answer(node)).isEqualTo(2L);
    }

    @Test
    void questionsBeyondTheLimitsAreRefusedAsOverload() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        FakeNode fake = new FakeNode(query -> await(free));
        RemoteNode node = node(serve(0, fake, limits(1, 1, Duration.ofSeconds(10))));
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PartitionReply<Long>>> replies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                replies.add(askers.submit(() -> node.ask(count(), ONE).get(0)));
            }
            eventually(() -> replies.stream().filter(Future::isDone).count() == 4);
            // Its status and what needs no scan are not kept from anybody.
            assertThat(node.status(soon())).isEqualTo(FakeNode.STATUS);
            free.countDown();
            List<PartitionReply<Long>> all = new ArrayList<>();
            for (Future<PartitionReply<Long>> reply : replies) {
                all.add(reply.get());
            }
            assertThat(all)
                    .filteredOn(
                            it ->
                                    it instanceof PartitionReply.Refused<Long> refused
                                            && refused.refusal() == Refusal.OVERLOADED)
                    .hasSize(4);
        }
        assertThat(fake.asked).hasValue(2);
    }

    @Test
    void whoeverAsksWaitsNoLongerThanTheDeadlineForANodeThatIsStuck() {
        CountDownLatch never = new CountDownLatch(1);
        opened.add(never::countDown);
        RemoteNode node = node(serve(query -> await(never), ServerLimits.DEFAULT));

        assertThatThrownBy(
                        () ->
                                node.ask(
                                        new CountDocuments(
                                                Scope.EVERYWHERE,
                                                Deadline.in(Duration.ofMillis(100))),
                                        ONE))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void nobodyWaitsForOneWhoNeitherAnswersNorHangsUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RemoteNode node =
                    node(
                            silent.getLocalPort(),
                            CLUSTER,
                            new ClientLimits(4, 4, Duration.ofMillis(100), Duration.ofSeconds(9)));
            assertFails(node, ErrorCode.UNAVAILABLE, "does not answer");
        }
    }

    @Test
    void aNodeOfAnotherClusterRefusesWithBothNames() {
        StoreServer server = serve(query -> 1L, ServerLimits.DEFAULT);
        RemoteNode node = node(server.port(), "another-id", ClientLimits.DEFAULT);
        assertFails(
                node,
                ErrorCode.UNAVAILABLE,
                "belongs to cluster the-topics-id and the other side to another-id");
    }

    @Test
    void aNewerVersionThatNoLongerSpeaksThisOneIsRefusedWithBothVersions() throws IOException {
        StoreServer server = serve(query -> 1L, ServerLimits.DEFAULT);
        try (Socket socket = connect(server)) {
            HelloFormat.write(
                    new HelloFormat.Hello(new HelloFormat.Versions(7, 8), CLUSTER),
                    socket.getOutputStream());
            assertThatThrownBy(() -> HelloFormat.readWelcome(socket.getInputStream()))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining(
                            "speaks version 1 of the protocol and the other side versions 7 to 8");
            assertClosed(socket);
        }
    }

    @Test
    void aNewerVersionThatStillSpeaksThisOneIsWelcome() throws IOException {
        StoreServer server = serve(query -> 1L, ServerLimits.DEFAULT);
        try (Socket socket = connect(server)) {
            HelloFormat.write(
                    new HelloFormat.Hello(new HelloFormat.Versions(1, 2), CLUSTER),
                    socket.getOutputStream());
            assertThat(HelloFormat.readWelcome(socket.getInputStream())).isEqualTo(1);
        }
    }

    @Test
    void garbageEndsTheConnectionAndNothingElse() throws IOException {
        StoreServer server = serve(query -> 1L, ServerLimits.DEFAULT);
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
        assertThat(answer(node(server))).isEqualTo(1L);
    }

    @Test
    void aQuestionThatIsNoneIsAnsweredWithAFailure() throws IOException {
        StoreServer server = serve(query -> 1L, ServerLimits.DEFAULT);
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
    void anAnswerLargerThanAFrameIsAClearFailure() {
        ServerLimits small =
                new ServerLimits(
                        9,
                        4,
                        4,
                        4,
                        1 << 20,
                        200,
                        1 << 20,
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(1));
        RemoteNode node = node(serve(query -> List.of(marker(1000)), small));
        assertThatThrownBy(() -> node.ask(new ListRefs(soon()), Map.of(0, PartitionBound.ANY)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
        assertThat(node.status(soon())).isEqualTo(FakeNode.STATUS);
    }

    @Test
    void whoIsSilentIsHungUpOn() throws IOException {
        StoreServer server =
                serve(0, new FakeNode(query -> 1L), limits(4, 4, Duration.ofMillis(200)));
        try (Socket beforeTheHello = connect(server);
                Socket afterwards = greeted(server);
                Socket withinAQuestion = greeted(server)) {
            withinAQuestion.getOutputStream().write(new byte[] {0, 0});
            assertClosed(beforeTheHello);
            assertClosed(afterwards);
            assertClosed(withinAQuestion);
        }
    }

    @Test
    void whoDoesNotTakeTheAnswerIsHungUpOnAndHoldsNoPlaceMeanwhile() throws IOException {
        FakeNode fake = new FakeNode(query -> List.of(marker(16 << 20)));
        StoreServer server = serve(0, fake, limits(1, 1, Duration.ofMillis(500)));
        try (Socket slow = connect(server)) {
            slow.setReceiveBufferSize(4096);
            HelloFormat.write(hello(), slow.getOutputStream());
            HelloFormat.readWelcome(slow.getInputStream());
            FrameBuffer question = new FrameBuffer(1 << 20);
            question.begin(Frame.Kind.ASK);
            Wire.SHARED.write(new Request(new ListRefs(soon()), ONE), question);
            question.sendTo(slow.getOutputStream());
            eventually(() -> fake.asked.get() == 1);
            assertThat(node(server).ask(new ListRefs(soon()), ONE)).containsOnlyKeys(0);
            eventually(() -> server.connections() == 0);
        }
    }

    @Test
    void connectionsBeyondTheLimitAreNotTaken() throws IOException {
        ServerLimits two =
                new ServerLimits(
                        2,
                        4,
                        4,
                        4,
                        1 << 20,
                        1 << 20,
                        1 << 20,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1));
        StoreServer server = serve(query -> 1L, two);
        try (Socket one = greeted(server);
                Socket other = greeted(server);
                Socket third = connect(server)) {
            assertClosed(third);
            one.close();
            RemoteNode node = node(server);
            eventually(() -> answers(node));
            assertThat(other.isClosed()).isFalse();
        }
    }

    @Test
    void aNodeThatStopsFinishesWhatItIsAnswering() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        FakeNode fake = new FakeNode(query -> await(free));
        StoreServer server = serve(0, fake, ServerLimits.DEFAULT);
        RemoteNode node = node(server);
        CompletableFuture<Long> answer = CompletableFuture.supplyAsync(() -> answer(node));
        eventually(() -> fake.asked.get() == 1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        free.countDown();

        assertThat(answer.get()).isEqualTo(0L);
        closing.get();
    }

    @Test
    void anAddressInUseIsRefusedWithIt() {
        StoreServer server = serve(query -> 1L, ServerLimits.DEFAULT);
        assertThatThrownBy(
                        () ->
                                StoreServer.bind(
                                        new InetSocketAddress("127.0.0.1", server.port()),
                                        null,
                                        ServerLimits.DEFAULT))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    private static boolean answers(RemoteNode node) {
        try {
            return answer(node) == 1L;
        } catch (TideScopeException e) {
            return false;
        }
    }

    private static ServerLimits limits(int scans, int waiting, Duration patience) {
        return new ServerLimits(
                64,
                scans,
                scans,
                waiting,
                1 << 20,
                64 << 20,
                1 << 28,
                patience,
                patience,
                Duration.ofSeconds(1));
    }

    private StoreServer serve(Function<StoreQuery<?>, Object> answer, ServerLimits limits) {
        return serve(0, answer, limits);
    }

    private StoreServer serve(
            int port, Function<StoreQuery<?>, Object> answer, ServerLimits limits) {
        return serve(port, new FakeNode(answer), limits);
    }

    private StoreServer serve(int port, FakeNode node, ServerLimits limits) {
        StoreServer server =
                StoreServer.bind(new InetSocketAddress("127.0.0.1", port), null, limits);
        opened.add(server);
        server.serve(CLUSTER, node);
        return server;
    }

    private RemoteNode node(StoreServer server) {
        return node(server.port(), CLUSTER, ClientLimits.DEFAULT);
    }

    private RemoteNode node(int port, String cluster, ClientLimits limits) {
        RemoteNode node = new RemoteNode(new NodeAddress("127.0.0.1", port), cluster, null, limits);
        opened.add(node);
        return node;
    }

    private static Socket connect(StoreServer server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static Socket greeted(StoreServer server) throws IOException {
        Socket socket = connect(server);
        HelloFormat.write(hello(), socket.getOutputStream());
        HelloFormat.readWelcome(socket.getInputStream());
        return socket;
    }

    private static HelloFormat.Hello hello() {
        return new HelloFormat.Hello(HelloFormat.Versions.OURS, CLUSTER);
    }

    /** By an end or by a reset, which comes when the server had not read everything. */
    private static void assertClosed(Socket socket) {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private static void assertFails(RemoteNode node, ErrorCode code, String message) {
        assertThatThrownBy(() -> answer(node))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> {
                            assertThat(e).hasMessageContaining(message);
                            assertThat(e.code()).isEqualTo(code);
                        });
    }

    private static long answer(RemoteNode node) {
        PartitionReply<Long> reply = Objects.requireNonNull(node.ask(count(), ONE).get(0));
        return ((PartitionReply.Answered<Long>) reply).answer();
    }

    private static CountDocuments count() {
        return new CountDocuments(Scope.EVERYWHERE, soon());
    }

    private static RevisionMarker marker(int length) {
        return TestRecords.marker("r".repeat(length), "refs/heads/main", null, 1, true);
    }

    private static void eventually(BooleanSupplier condition) {
        Eventually.until(Duration.ofSeconds(30), "what the test waits for", condition);
    }

    private static long await(CountDownLatch latch) {
        try {
            latch.await();
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
