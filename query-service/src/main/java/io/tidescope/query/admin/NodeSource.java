package io.tidescope.query.admin;

import io.tidescope.store.query.NodeStatus;

import java.util.List;

/** Knows the nodes of the store. Safe for concurrent use. */
public interface NodeSource {
    /** Those that are there, as they were last heard of. */
    List<NodeStatus> nodes();
}
