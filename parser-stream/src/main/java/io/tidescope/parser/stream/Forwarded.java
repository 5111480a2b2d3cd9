package io.tidescope.parser.stream;

import org.apache.kafka.common.Uuid;

/** How much of {@code file-changes} has become {@code documents}. */
interface Forwarded {
    /** The id of {@code file-changes}. */
    Uuid topic();

    /** Offset of the last change of a partition that did; -1 when none did, or nobody knows. */
    long last(int partition);
}
