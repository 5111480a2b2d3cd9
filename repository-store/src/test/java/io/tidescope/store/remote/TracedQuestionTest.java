package io.tidescope.store.remote;

import static io.tidescope.store.remote.ServerRig.ONE;
import static io.tidescope.store.remote.ServerRig.count;
import static io.tidescope.store.remote.ServerRig.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.Pending;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.testing.RecordedSpans;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** The trace of a question goes on at the node that answers it. */
@Timeout(60)
class TracedQuestionTest {
    private final ServerRig rig = new ServerRig();
    private final RecordedSpans gateway = new RecordedSpans();
    private final RecordedSpans store = new RecordedSpans();
    private final List<@Nullable String> heard = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        rig.close();
        gateway.close();
        store.close();
    }

    private RemoteNode node(Function<StoreQuery<?>, Object> answer) {
        StoreServer server = rig.bind(0, ServerLimits.DEFAULT);
        server.serve(ServerRig.CLUSTER, new FakeNode(answer), store.tracing());
        RemoteNode node =
                new RemoteNode(
                        new NodeAddress("127.0.0.1", server.port()),
                        ServerRig.CLUSTER,
                        null,
                        ClientLimits.DEFAULT,
                        gateway.tracing());
        rig.opened(node);
        return node;
    }

    private Object hear() {
        heard.add(TraceParent.current());
        return 1L;
    }

    @Test
    void aQuestionHasASpanHereAndOneWhereItIsAnswered() {
        RemoteNode node = node(query -> hear());
        try (ActiveSpan _ = gateway.tracing().begin("GET", SpanKind.SERVER, Context.root())) {
            assertThat(node.ask(count(), ONE)).hasSize(1);
        }
        eventually(() -> store.ended().size() == 1);

        SpanData ask = gateway.ended().getFirst();
        SpanData answer = store.ended().getFirst();
        assertThat(ask.getName()).isEqualTo("ask");
        assertThat(ask.getParentSpanId()).isEqualTo(gateway.ended().getLast().getSpanId());
        assertThat(answer.getName()).isEqualTo("answer");
        assertThat(answer.getParentSpanId()).isEqualTo(ask.getSpanId());
        assertThat(answer.getAttributes().get(RemoteNode.QUERY)).isEqualTo("CountDocuments");
        assertThat(heard.getFirst()).contains(answer.getSpanId());
    }

    @Test
    void soHasOneThatIsWaitedForLater() {
        RemoteNode node = node(query -> hear());
        node.ask(count(), ONE); // without a connection it would not be begun
        assertThat(gateway.ended()).isEmpty();
        assertThat(store.ended()).isEmpty();
        try (ActiveSpan _ = gateway.tracing().begin("GET", SpanKind.SERVER, Context.root())) {
            Pending<Long> pending = Objects.requireNonNull(node.begin(count(), ONE));
            assertThat(gateway.ended()).isEmpty();
            assertThat(pending.poll(Duration.ofSeconds(30))).hasSize(1);
            assertThat(gateway.ended()).extracting(SpanData::getName).containsExactly("ask");
        }
        eventually(() -> store.ended().size() == 1);

        assertThat(store.ended().getFirst().getParentSpanId())
                .isEqualTo(gateway.ended().getFirst().getSpanId());
    }

    @Test
    void oneThatCannotBeBegunHasNoneBeforeItIsAsked() {
        RemoteNode node = node(query -> hear());
        try (ActiveSpan _ = gateway.tracing().begin("GET", SpanKind.SERVER, Context.root())) {
            assertThat(node.begin(count(), ONE)).as("there is no connection yet").isNull();
            assertThat(gateway.ended()).isEmpty();
            node.ask(count(), ONE);
        }
        assertThat(gateway.ended()).extracting(SpanData::getName).containsExactly("ask", "GET");
    }

    @Test
    void oneThatFailsSaysSo() {
        RemoteNode node =
                node(
                        query -> {
                            throw new TideScopeException(ErrorCode.UNAVAILABLE, "not now");
                        });
        try (ActiveSpan _ = gateway.tracing().begin("GET", SpanKind.SERVER, Context.root())) {
            ServerRig.assertFails(node, ErrorCode.UNAVAILABLE, "not now");
        }
        eventually(() -> store.ended().size() == 1);

        assertThat(gateway.ended().getFirst().getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
        assertThat(store.ended().getFirst().getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
    }

    @Test
    void oneThatNobodyWantsAnyMoreIsNoFailure() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        RemoteNode node =
                node(
                        query -> {
                            asked.countDown();
                            await(cancelled);
                            return 1L;
                        });
        Thread asking =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (ActiveSpan _ =
                                            gateway.tracing()
                                                    .begin(
                                                            "GET",
                                                            SpanKind.SERVER,
                                                            Context.root())) {
                                        assertThatThrownBy(() -> node.ask(count(), ONE))
                                                .isInstanceOf(TideScopeException.class);
                                    }
                                });
        asked.await();
        asking.interrupt();
        asking.join();
        cancelled.countDown();

        SpanData ask = gateway.ended().getFirst();
        assertThat(ask.getName()).isEqualTo("ask");
        assertThat(ask.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aQuestionOfNoTraceLeavesNone() {
        RemoteNode node = node(query -> hear());
        assertThat(node.ask(count(), ONE)).isNotEqualTo(Map.of());

        assertThat(heard).containsExactly((String) null);
        assertThat(gateway.ended()).isEmpty();
        assertThat(store.ended()).isEmpty();
    }
}
