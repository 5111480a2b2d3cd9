package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeAddress;
import io.tidescope.store.query.NodeClient;
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

    private final NodeAddress address;
    private final ConnectionPool questions;
    private final ConnectionPool statuses;
    private final Wire wire = Wire.SHARED;

    /**
     * @param cluster the cluster that this side is of; a node of another refuses to be asked
     * @param tls holds this side's certificate and those that it trusts; null for plain connections
     */
    public RemoteNode(
            NodeAddress address, String cluster, @Nullable SSLContext tls, ClientLimits limits) {
        this.address = address;
        questions = new ConnectionPool(address, cluster, tls, limits);
        statuses =
                new ConnectionPool(
                        address,
                        cluster,
                        tls,
                        new ClientLimits(
                                STATUS_CONNECTIONS,
                                limits.waiting(),
                                limits.connect(),
                                limits.idle()));
    }

    public NodeAddress address() {
        return address;
    }

    @Override
    public NodeStatus status(Deadline deadline) {
        Frame answer = statuses.ask(Frame.Kind.STATUS, question -> {}, deadline);
        if (answer == null) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "Too many wait for the status of the node at %s.".formatted(address));
        }
        return wire.readStatus(payload(answer, Frame.Kind.NODE_STATUS));
    }

    @Override
    public <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        Frame answer =
                questions.ask(
                        kind(query),
                        question -> wire.write(new Request(query, bounds), question),
                        query.deadline());
        if (answer == null) {
            return overloaded(bounds);
        }
        return replies(query, answer);
    }

    @Override
    public <R> @Nullable Pending<R> begin(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        ConnectionPool.Exchange sent =
                questions.begin(
                        kind(query),
                        question -> wire.write(new Request(query, bounds), question),
                        query.deadline());
        return sent == null ? null : new Sent<>(query, sent);
    }

    private static Frame.Kind kind(StoreQuery<?> query) {
        return query.restricted() ? Frame.Kind.ASK_RESTRICTED : Frame.Kind.ASK;
    }

    /** A question that was sent. */
    private final class Sent<R> implements Pending<R> {
        private final StoreQuery<R> query;
        private final ConnectionPool.Exchange exchange;

        Sent(StoreQuery<R> query, ConnectionPool.Exchange exchange) {
            this.query = query;
            this.exchange = exchange;
        }

        @Override
        public @Nullable Map<Integer, PartitionReply<R>> poll(Duration time) {
            Frame answer = exchange.poll(time);
            return answer == null ? null : replies(query, answer);
        }

        @Override
        public Map<Integer, PartitionReply<R>> await() {
            return replies(query, exchange.await());
        }

        @Override
        public void cancel() {
            exchange.cancel();
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
    }
}
