package io.tidescope.query.routing;

import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.Pending;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A node as one is at the other end of connections: it takes a question without a wait when there
 * was one before.
 */
final class PendingNode implements NodeClient {
    private final NodeClient node;
    private final AtomicBoolean connected = new AtomicBoolean();

    PendingNode(NodeClient node) {
        this.node = node;
    }

    NodeClient node() {
        return node;
    }

    @Override
    public NodeStatus status(Deadline deadline) {
        return node.status(deadline);
    }

    @Override
    public NodeInspection inspect(Deadline deadline) {
        return node.inspect(deadline);
    }

    @Override
    public <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        connected.set(true);
        return node.ask(query, bounds);
    }

    @Override
    public <R> @Nullable Pending<R> begin(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        return connected.get() ? new Sent<>(query, bounds) : null;
    }

    /** Asked on a thread of its own, which is not the asker's business. */
    private final class Sent<R> implements Pending<R> {
        private final CompletableFuture<Map<Integer, PartitionReply<R>>> replies =
                new CompletableFuture<>();
        private final Thread thread;

        Sent(StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
            thread =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    replies.complete(node.ask(query, bounds));
                                } catch (RuntimeException e) {
                                    replies.completeExceptionally(e);
                                }
                            });
        }

        @Override
        public @Nullable Map<Integer, PartitionReply<R>> poll(Duration time) {
            try {
                return replies.get(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return null;
            } catch (InterruptedException e) {
                cancel();
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw (RuntimeException) e.getCause();
            }
        }

        @Override
        public Map<Integer, PartitionReply<R>> await() {
            try {
                return replies.get();
            } catch (InterruptedException e) {
                cancel();
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw (RuntimeException) e.getCause();
            }
        }

        @Override
        public void cancel() {
            thread.interrupt();
        }
    }
}
