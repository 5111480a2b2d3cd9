package io.tidescope.query.api;

import io.tidescope.query.Gateway;
import io.tidescope.query.RevisionBarrier;
import io.tidescope.query.request.Arguments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.Scope;

import java.time.Duration;
import java.util.Set;

/** Starts the clock of a query once the partitions it asks are as new as it wants them. */
final class QueryStart {
    private final Gateway gateway;
    private final RevisionBarrier barrier;
    private final Duration timeout;

    QueryStart(Gateway gateway, RevisionBarrier barrier, Duration timeout) {
        this.gateway = gateway;
        this.barrier = barrier;
        this.timeout = timeout;
    }

    /** For a query that asks all partitions. */
    Deadline begin(Arguments arguments, Scope scope) {
        return begin(arguments, scope, gateway.partitions());
    }

    Deadline begin(Arguments arguments, Scope scope, Set<Integer> partitions) {
        ApiParameters.bound(arguments).ifPresent(bound -> barrier.await(bound, scope, partitions));
        return Deadline.in(timeout);
    }
}
