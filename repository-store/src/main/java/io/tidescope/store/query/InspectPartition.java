package io.tidescope.store.query;

/** What this partition holds and how it is stored. */
public record InspectPartition(Deadline deadline) implements StoreQuery<PartitionInspection> {}
