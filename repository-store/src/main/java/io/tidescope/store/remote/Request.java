package io.tidescope.store.remote;

import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A question to partitions of a node.
 *
 * @param bounds by partition
 * @param traceparent {@linkplain io.tidescope.schemas.trace.TraceParent names} the span that asks;
 *     null when none is recorded
 */
record Request(
        StoreQuery<?> query, Map<Integer, PartitionBound> bounds, @Nullable String traceparent) {}
