package io.tidescope.store.query;

import io.tidescope.schemas.event.RevisionMarker;

import java.util.List;

/** The last marker of every ref this partition has seen; refs that were deleted are left out. */
public record ListRefs(Deadline deadline) implements StoreQuery<List<RevisionMarker>> {}
