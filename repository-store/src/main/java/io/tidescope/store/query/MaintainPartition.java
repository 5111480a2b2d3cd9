package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

/**
 * Has something done to the replica that is asked, or asks how it goes. Replicas are maintained one
 * by one: to be asked of every node that has the partition.
 *
 * @param begin what to begin, unless something is going on; null to only ask
 */
public record MaintainPartition(Maintenance.@Nullable Task begin, Deadline deadline)
        implements StoreQuery<Maintenance> {}
