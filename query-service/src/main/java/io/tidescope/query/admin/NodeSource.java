package io.tidescope.query.admin;

import io.tidescope.query.routing.NodeReport;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.StoreQuery;

import java.util.List;
import java.util.function.IntPredicate;

/** Knows the nodes of the store. Safe for concurrent use. */
public interface NodeSource {
    /** Those that are there, as they were last heard of. */
    List<NodeStatus> nodes();

    /**
     * Asks every node for each partition it holds, until the query's deadline at most.
     *
     * @param wanted which partitions
     */
    <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted);

    /**
     * How each does inside, those that do not answer among them.
     *
     * @param deadline by which a node has to have answered
     */
    List<NodeReport> inspect(Deadline deadline);
}
