package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Asks one node of the store, in this process or over the network. Safe for concurrent use.
 *
 * <p>A node answers for the partitions it holds and refuses the others; where they are is the
 * asker's to find out, from the nodes' own {@link #status}. Whoever is interrupted while it waits
 * for an answer gets an exception soon.
 */
public interface NodeClient {
    /**
     * Who the node is and how its partitions stand.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when it does not answer before
     *     the deadline
     */
    NodeStatus status(Deadline deadline);

    /**
     * How the node does inside.
     *
     * @throws io.tidescope.schemas.TideScopeException UNSUPPORTED_VERSION when it is too old to
     *     tell, UNAVAILABLE or DEADLINE_EXCEEDED when it does not answer before the deadline
     */
    NodeInspection inspect(Deadline deadline);

    /**
     * Asks partitions, under the query's deadline.
     *
     * @param bounds by partition, what its answer must be like
     * @return a reply of each partition asked
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when the node does not answer,
     *     DEADLINE_EXCEEDED when it took too long, OVERLOADED when it has too much to do, and what
     *     answering failed with
     */
    <R> Map<Integer, PartitionReply<R>> ask(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds);

    /**
     * Asks and does not wait for the answer. So one thread can have several nodes asked.
     *
     * @return null when asking might have to wait as well: then nobody was asked, and {@link #ask}
     *     is to be called on a thread that may
     */
    default <R> @Nullable Pending<R> begin(
            StoreQuery<R> query, Map<Integer, PartitionBound> bounds) {
        return null;
    }
}
