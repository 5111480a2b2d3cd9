package io.tidescope.store.remote;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.PartitionReply.Refusal;
import io.tidescope.store.query.Pending;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.SSLContext;

/**
 * A node of the store asked over the network. Connections are made when they are needed; a node
 * that is gone, or comes back at its address, is noticed by asking it. Interrupting a virtual
 * thread that asks ends its question.
 */
public final class RemoteNode implements NodeClient, AutoCloseable {
    /** Its status is asked for beside questions, so that many of those do not make it look dead. */
    private static final int STATUS_CONNECTIONS = 2;

    /** That wait for one of another; they must not wait before its status. */
    private static final int MAX_INSPECTIONS = 16;

    /** What a span of a question says: which kind it is, by the name of its class. */
    static final AttributeKey<String> QUERY = AttributeKey.stringKey("tidescope.query");

    private static final AttributeKey<String> NODE = AttributeKey.stringKey("server.address");

    private static final String SPAN = "ask";

    private final NodeAddress address;
    private final ConnectionPool questions;
    private final ConnectionPool statuses;
    private final ConnectionPool inspections;
    private final Tracing tracing;
    private final Wire wire = Wire.SHARED;

    /** One that no question leaves a trace of. */
    public RemoteNode(
            NodeAddress address, String cluster, @Nullable SSLContext tls, ClientLimits limits) {
        this(address, cluster, tls, limits, Tracing.OFF);
    }

    /**
     * @param cluster the cluster that this side is of; a node of another refuses to be asked
     * @param tls holds this side's certificate and those that it trusts; null for plain connections
     * @param tracing makes a span of each question that is part of a trace, and the node is told
     */
    public RemoteNode(
            NodeAddress address,
            String cluster,
            @Nullable SSLContext tls,
            ClientLimits limits,
            Tracing tracing) {
        this.address = address;
        this.tracing = tracing;
        questions = new ConnectionPool(address, cluster, tls, limits);
        statuses =
                new ConnectionPool(
                        address,
                        cluster,
                        tls,
                        limits(STATUS_CONNECTIONS, limits.waiting(), limits));
        inspections = new ConnectionPool(address, cluster, tls, limits(1, MAX_INSPECTIONS, limits));
    }

    private static ClientLimits limits(int connections, int waiting, ClientLimits others) {
        return new ClientLimits(connections, waiting, others.connect(), others.idle());
    }

    public NodeAddress address() {
        return address;
    }

    @Override
    public NodeStatus status(Deadline deadline) {
        return wire.readStatus(
                askItself(statuses, Frame.Kind.STATUS, Frame.Kind.NODE_STATUS, deadline));
    }

    @Override
    public NodeInspection inspect(Deadline deadline) {
        return wire.readInspection(
                askItself(inspections, Frame.Kind.INSPECT, Frame.Kind.NODE_INSPECTION, deadline));
    }

    /** Asks about the node; what the answer carries. */
    private byte[] askItself(
            ConnectionPool connections,
            Frame.Kind question,
            Frame.Kind expected,
            Deadline deadline) {
        Frame answer = connections.ask(question, empty -> {}, deadline);
        if (answer == null) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "Too many wait for what the node at %s tells of itself.".formatted(address));
        }
        return payload(answer, expected);
    }

    @Override
    public <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        try (ActiveSpan span = tracing.beginPart(SPAN, SpanKind.CLIENT)) {
            if (span.isRecorded()) {
                span.set(NODE, address.toString()).set(QUERY, query.getClass().getSimpleName());
            }
            try {
                Request request = new Request(query, bounds, TraceParent.current());
                Frame answer =
                        questions.ask(
                                kind(query),
                                question -> wire.write(request, question),
                                query.deadline());
                return answer == null ? overloaded(bounds) : replies(query, answer);
            } catch (RuntimeException | Error e) {
                if (isWanted()) {
                    span.fail(e.toString());
                }
                throw e;
            }
        }
    }

    /** Whoever does not want an answer any more, as when another node has given it, interrupts. */
    private static boolean isWanted() {
        return !Thread.currentThread().isInterrupted();
    }

    @Override
    public <R> @Nullable Pending<R> begin(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        Span span = tracing.startPart(SPAN, SpanKind.CLIENT);
        if (span == null) {
            return begin(query, new Request(query, bounds, TraceParent.current()), null);
        }
        span.setAttribute(NODE, address.toString());
        span.setAttribute(QUERY, query.getClass().getSimpleName());
        try (Scope _ = span.makeCurrent()) {
            // Of what is not sent the span never ends, and so is never told of: it is asked anew.
            return begin(query, new Request(query, bounds, TraceParent.current()), span);
        } catch (RuntimeException | Error e) {
            fail(span, e);
            throw e;
        }
    }

    private static void fail(Span span, Throwable failure) {
        if (isWanted()) {
            span.setStatus(StatusCode.ERROR, failure.toString());
        }
        span.end();
    }

    private <R> @Nullable Sent<R> begin(StoreQuery<R> query, Request request, @Nullable Span span) {
        ConnectionPool.Exchange sent =
                questions.begin(
                        kind(query), question -> wire.write(request, question), query.deadline());
        return sent == null ? null : new Sent<>(query, sent, span);
    }

    private static Frame.Kind kind(StoreQuery<?> query) {
        return query.restricted() ? Frame.Kind.ASK_RESTRICTED : Frame.Kind.ASK;
    }

    /** A question that was sent. */
    private final class Sent<R> implements Pending<R> {
        private final StoreQuery<R> query;
        private final ConnectionPool.Exchange exchange;
        private final @Nullable Span span;

        /**
         * @param span ends with it; null for none
         */
        Sent(StoreQuery<R> query, ConnectionPool.Exchange exchange, @Nullable Span span) {
            this.query = query;
            this.exchange = exchange;
            this.span = span;
        }

        @Override
        public @Nullable Map<Integer, PartitionReply<R>> poll(Duration time) {
            try {
                Frame answer = exchange.poll(time);
                if (answer == null) {
                    return null;
                }
                Map<Integer, PartitionReply<R>> replies = replies(query, answer);
                ended();
                return replies;
            } catch (RuntimeException | Error e) {
                failed(e);
                throw e;
            }
        }

        @Override
        public Map<Integer, PartitionReply<R>> await() {
            try {
                Map<Integer, PartitionReply<R>> replies = replies(query, exchange.await());
                ended();
                return replies;
            } catch (RuntimeException | Error e) {
                failed(e);
                throw e;
            }
        }

        @Override
        public void cancel() {
            ended();
            exchange.cancel();
        }

        private void failed(Throwable failure) {
            if (span != null) {
                fail(span, failure);
            }
        }

        private void ended() {
            if (span != null) {
                span.end();
            }
        }
    }

    private <R> Map<Integer, PartitionReply<R>> replies(StoreQuery<R> query, Frame answer) {
        return wire.readReplies(query, payload(answer, Frame.Kind.REPLIES));
    }

    private <R> Map<Integer, PartitionReply<R>> overloaded(Map<Integer, PartitionBound> bounds) {
        Map<Integer, PartitionReply<R>> refusals = HashMap.newHashMap(bounds.size());
        bounds.forEach(
                (partition, bound) ->
                        refusals.put(
                                partition,
                                new PartitionReply.Refused<>(
                                        Refusal.OVERLOADED,
                                        "too many questions wait for a connection to the node")));
        return refusals;
    }

    private byte[] payload(Frame answer, Frame.Kind expected) {
        if (answer.kind() == Frame.Kind.FAILURE) {
            throw wire.readFailure(answer.payload()).toException();
        }
        if (answer.kind() != expected) {
            throw new TideScopeException(
                    ErrorCode.INTERNAL,
                    "The node at %s answered with %s instead of %s."
                            .formatted(address, answer.kind(), expected));
        }
        return answer.payload();
    }

    @Override
    public void close() {
        questions.close();
        statuses.close();
        inspections.close();
    }
}
