package io.tidescope.store.remote;

import static io.tidescope.store.remote.ServerRig.CLUSTER;
import static io.tidescope.store.remote.ServerRig.ONE;
import static io.tidescope.store.remote.ServerRig.answer;
import static io.tidescope.store.remote.ServerRig.await;
import static io.tidescope.store.remote.ServerRig.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Pending;
import io.tidescope.store.query.Standing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Asking without waiting for the answer. */
@Timeout(60)
class PendingQuestionTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ServerRig rig = new ServerRig();
    private final AtomicReference<CountDownLatch> going =
            new AtomicReference<>(new CountDownLatch(0));

    @AfterEach
    void close() throws Exception {
        going.get().countDown();
        rig.close();
    }

    @Test
    void nobodyIsAskedWhileThereIsNoConnectionYet() {
        FakeNode asked = new FakeNode(query -> 1L);
        RemoteNode node = rig.node(rig.serve(0, asked, ServerLimits.DEFAULT));

        assertThat(node.begin(count(), ONE)).isNull();
        assertThat(asked.asked).hasValue(0);
        assertThat(answer(node)).isEqualTo(1);

        assertThat(begin(node).poll(LONG)).isEqualTo(replies(1));
        assertThat(begin(node).await()).isEqualTo(replies(1));
    }

    @Test
    void oneThatTakesLongIsPolledAndGoesOnBeingWaitedFor() {
        RemoteNode node = rig.node(serve(0, 1));
        assertThat(answer(node)).isEqualTo(1);
        stop();

        Pending<Long> pending = begin(node);

        assertThat(pending.poll(SHORT)).isNull();
        assertThat(pending.poll(SHORT)).isNull();
        going.get().countDown();
        assertThat(pending.poll(LONG)).isEqualTo(replies(1));
        assertThat(answer(node)).isEqualTo(1);
    }

    @Test
    void oneThatWasSentToANodeThatEndedIsAskedOfTheOneThatTookItsPlace() {
        StoreServer first = serve(0, 1);
        RemoteNode node = rig.node(first);
        assertThat(answer(node)).isEqualTo(1);
        stop();
        Pending<Long> pending = begin(node);
        int port = first.port();
        first.close();
        rig.serve(port, query -> 2L, ServerLimits.DEFAULT);

        assertThat(pending.poll(LONG)).isNull();
        assertThat(pending.await()).isEqualTo(replies(2));
    }

    @Test
    void oneThatIsCancelledTakesNoPlace() {
        RemoteNode node =
                rig.node(
                        serve(0, 1).port(),
                        CLUSTER,
                        new ClientLimits(1, 0, Duration.ofSeconds(10), LONG));
        assertThat(answer(node)).isEqualTo(1);
        stop();
        Pending<Long> pending = begin(node);
        assertThat(node.begin(count(), ONE)).isNull();

        pending.cancel();

        going.get().countDown();
        assertThat(answer(node)).isEqualTo(1);
    }

    /** Keeps those waiting who ask from now on. */
    private void stop() {
        going.set(new CountDownLatch(1));
    }

    private StoreServer serve(int port, long said) {
        return rig.serve(port, query -> said + await(going.get()), ServerLimits.DEFAULT);
    }

    private static Pending<Long> begin(RemoteNode node) {
        return Objects.requireNonNull(node.begin(count(), ONE));
    }

    private static Map<Integer, PartitionReply<Long>> replies(long said) {
        return Map.of(0, new PartitionReply.Answered<>(said, new Standing(0, true, 0)));
    }
}
