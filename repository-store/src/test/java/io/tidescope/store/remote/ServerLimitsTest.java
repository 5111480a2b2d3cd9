package io.tidescope.store.remote;

import static io.tidescope.store.remote.ServerRig.CLUSTER;
import static io.tidescope.store.remote.ServerRig.ONE;
import static io.tidescope.store.remote.ServerRig.answer;
import static io.tidescope.store.remote.ServerRig.answers;
import static io.tidescope.store.remote.ServerRig.assertClosed;
import static io.tidescope.store.remote.ServerRig.assertFails;
import static io.tidescope.store.remote.ServerRig.await;
import static io.tidescope.store.remote.ServerRig.connect;
import static io.tidescope.store.remote.ServerRig.count;
import static io.tidescope.store.remote.ServerRig.eventually;
import static io.tidescope.store.remote.ServerRig.greeted;
import static io.tidescope.store.remote.ServerRig.hello;
import static io.tidescope.store.remote.ServerRig.marker;
import static io.tidescope.store.remote.ServerRig.soon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a server grants to whom: how much, how many at a time and for how long. */
@Timeout(60)
class ServerLimitsTest {
    private final ServerRig rig = new ServerRig();

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void anAnswerHoldsItsPlaceUntilItIsWritten() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        List<RevisionMarker> slow =
                new AbstractList<>() {
                    @Override
                    public RevisionMarker get(int index) {
                        writing.countDown();
                        await(free);
                        return marker(1);
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                };
        RemoteNode node = rig.node(rig.serve(query -> slow, limits(1, 0, Duration.ofSeconds(10))));
        CompletableFuture<PartitionReply<List<RevisionMarker>>> first =
                CompletableFuture.supplyAsync(() -> node.ask(new ListRefs(soon()), ONE).get(0));
        writing.await();

        assertThat(node.ask(new ListRefs(soon()), ONE).get(0))
                .isInstanceOfSatisfying(
                        PartitionReply.Refused.class,
                        it -> assertThat(it.refusal()).isEqualTo(Refusal.OVERLOADED));
        free.countDown();
        assertThat(first.get()).isInstanceOf(PartitionReply.Answered.class);
    }

    @Test
    void aSystemWithoutThreadsIsAskedAgainLater() throws IOException {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        StoreServer server = rig.bind(0, ServerLimits.DEFAULT);
        server.serve(
                ServerRig.CLUSTER,
                new FakeNode(query -> 1L),
                run -> {
                    if (exhausted.getAndSet(false)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return Thread.ofPlatform().daemon().unstarted(run);
                });
        try (Socket unlucky = connect(server)) {
            assertClosed(unlucky);
        }
        assertThat(answer(rig.node(server))).isEqualTo(1L);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void questionsBeyondTheLimitsAreRefusedAsOverload() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        FakeNode fake = new FakeNode(query -> await(free));
        RemoteNode node = rig.node(rig.serve(0, fake, limits(1, 1, Duration.ofSeconds(10))));
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
        rig.opened(never::countDown);
        RemoteNode node = rig.node(rig.serve(query -> await(never), ServerLimits.DEFAULT));

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
                    rig.node(
                            silent.getLocalPort(),
                            CLUSTER,
                            new ClientLimits(4, 4, Duration.ofMillis(100), Duration.ofSeconds(9)));
            assertFails(node, ErrorCode.UNAVAILABLE, "does not answer");
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
        RemoteNode node = rig.node(rig.serve(query -> List.of(marker(1000)), small));
        assertThatThrownBy(() -> node.ask(new ListRefs(soon()), Map.of(0, PartitionBound.ANY)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
        assertThat(node.status(soon())).isEqualTo(FakeNode.STATUS);
    }

    @Test
    void whoIsSilentIsHungUpOn() throws IOException {
        StoreServer server =
                rig.serve(0, new FakeNode(query -> 1L), limits(4, 4, Duration.ofMillis(200)));
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
        StoreServer server = rig.serve(0, fake, limits(1, 1, Duration.ofMillis(500)));
        try (Socket slow = connect(server)) {
            slow.setReceiveBufferSize(4096);
            HelloFormat.write(hello(), slow.getOutputStream());
            HelloFormat.readWelcome(slow.getInputStream());
            FrameBuffer question = new FrameBuffer(1 << 20);
            question.begin(Frame.Kind.ASK);
            Wire.SHARED.write(new Request(new ListRefs(soon()), ONE, null), question);
            question.sendTo(slow.getOutputStream());
            eventually(() -> fake.asked.get() == 1);
            assertThat(rig.node(server).ask(new ListRefs(soon()), ONE)).containsOnlyKeys(0);
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
        StoreServer server = rig.serve(query -> 1L, two);
        try (Socket one = greeted(server);
                Socket other = greeted(server);
                Socket third = connect(server)) {
            HelloFormat.write(hello(), third.getOutputStream());
            assertThatThrownBy(() -> HelloFormat.readWelcome(third.getInputStream()))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("has 2 connections and takes no more");
            assertClosed(third);
            one.close();
            RemoteNode node = rig.node(server);
            eventually(() -> answers(node));
            assertThat(other.isClosed()).isFalse();
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
}
