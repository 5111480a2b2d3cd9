package io.tidescope.query.api;

/** How far the index has come with a revision. */
enum RevisionState {
    /** Every partition holds all of it. */
    INDEXED,
    /** Some partitions hold it, or a publisher has named it. */
    PENDING,
    /** Neither the index nor a publisher has heard of it. */
    UNKNOWN
}
