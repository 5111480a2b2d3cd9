package io.tidescope.store.remote;

import io.opentelemetry.api.trace.SpanKind;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.StoreQuery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Answers questions with what a node says, within the server's limits. Safe for concurrent use. */
final class Answering {
    private static final Logger log = LoggerFactory.getLogger(Answering.class);

    /** Status and inspection are read from memory; they have no deadline of their own. */
    private static final Duration STATUS_TIME = Duration.ofSeconds(5);

    private static final String SPAN = "answer";

    private final NodeClient node;
    private final Tracing tracing;
    private final Wire wire = Wire.SHARED;
    private final Admission lookups;
    private final Admission scans;
    private final AtomicLong unsent = new AtomicLong();
    private final long maxUnsent;

    Answering(NodeClient node, ServerLimits limits, Tracing tracing) {
        this.node = node;
        this.tracing = tracing;
        lookups = new Admission(limits.lookups(), limits.waiting());
        scans = new Admission(limits.scans(), limits.waiting());
        maxUnsent = limits.unsentBytes();
    }

    /**
     * Leaves the answer in the buffer, and counts it as unsent until {@link #sent}.
     *
     * @throws IOException when it is no question
     */
    void answer(Frame frame, FrameBuffer buffer) throws IOException {
        try {
            switch (frame.kind()) {
                case ASK, ASK_RESTRICTED -> ask(wire.readRequest(frame.payload()), buffer);
                case STATUS -> {
                    buffer.begin(Frame.Kind.NODE_STATUS);
                    wire.write(node.status(Deadline.in(STATUS_TIME)), buffer);
                }
                case INSPECT -> {
                    buffer.begin(Frame.Kind.NODE_INSPECTION);
                    wire.write(node.inspect(Deadline.in(STATUS_TIME)), buffer);
                }
                case REPLIES, NODE_STATUS, NODE_INSPECTION, FAILURE ->
                        throw new IOException("an answer where a question was to come");
            }
            count(buffer);
        } catch (TideScopeException e) {
            fail(e, buffer);
        } catch (RuntimeException | StackOverflowError e) {
            log.atError().setCause(e).log("a question of another node could not be answered");
            fail(
                    new TideScopeException(
                            ErrorCode.INTERNAL, "The node failed to answer: " + e, e),
                    buffer);
        }
    }

    private void count(FrameBuffer buffer) {
        if (unsent.addAndGet(buffer.size()) > maxUnsent) {
            sent(buffer);
            throw new TideScopeException(
                    ErrorCode.OVERLOADED,
                    "Too many answers of this node wait for their askers; ask again shortly.");
        }
    }

    /** The answer in the buffer has left, or never will. */
    void sent(FrameBuffer buffer) {
        unsent.addAndGet(-buffer.size());
    }

    private void ask(Request request, FrameBuffer buffer) {
        if (request.traceparent() == null) {
            ask(request.query(), request.bounds(), buffer);
            return;
        }
        try (ActiveSpan span =
                tracing.begin(SPAN, SpanKind.SERVER, TraceParent.read(request.traceparent()))) {
            span.set(RemoteNode.QUERY, request.query().getClass().getSimpleName());
            try {
                ask(request.query(), request.bounds(), buffer);
            } catch (RuntimeException | Error e) {
                span.fail(e.toString());
                throw e;
            }
        }
    }

    private <R> void ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds, FrameBuffer buffer) {
        Admission admission = query.scans() ? scans : lookups;
        boolean admitted;
        try {
            admitted = admission.enter(query.deadline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(ErrorCode.UNAVAILABLE, "The node is stopping.", e);
        }
        if (!admitted) {
            query.deadline().check();
            write(query, overloaded(bounds), buffer);
            return;
        }
        try {
            // What is written takes as much memory as what it is written of: no more at a time.
            write(query, node.ask(query, bounds), buffer);
        } finally {
            admission.leave();
        }
    }

    private <R> void write(
            StoreQuery<R> query, Map<Integer, PartitionReply<R>> replies, FrameBuffer buffer) {
        buffer.begin(Frame.Kind.REPLIES);
        wire.write(query, replies, buffer);
    }

    private static <R> Map<Integer, PartitionReply<R>> overloaded(
            Map<Integer, PartitionBound> bounds) {
        Map<Integer, PartitionReply<R>> refusals = HashMap.newHashMap(bounds.size());
        for (int partition : bounds.keySet()) {
            refusals.put(
                    partition,
                    new PartitionReply.Refused<>(
                            Refusal.OVERLOADED, "too many questions wait for an answer"));
        }
        return refusals;
    }

    private void fail(TideScopeException e, FrameBuffer buffer) {
        buffer.clear();
        buffer.begin(Frame.Kind.FAILURE);
        wire.write(Failure.of(e), buffer);
        unsent.addAndGet(buffer.size());
    }
}
