package io.tidescope.store.query;

/** How much this partition holds. */
public record ReadStatistics(Deadline deadline) implements StoreQuery<PartitionStatistics> {}
