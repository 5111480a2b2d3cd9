package io.tidescope.store.query;

/** How many documents there are in a scope. */
public record CountDocuments(Scope scope, Deadline deadline) implements StoreQuery<Long> {}
