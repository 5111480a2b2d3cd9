package io.tidescope.store.remote;

import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.StoreQuery;

import java.util.Map;

/**
 * A question to partitions of a node.
 *
 * @param bounds by partition
 */
record Request(StoreQuery<?> query, Map<Integer, PartitionBound> bounds) {}
