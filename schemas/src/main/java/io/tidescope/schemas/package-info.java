/**
 * The contracts between modules: events, topics, keys, the partitioner, the wire format and the
 * registry.
 */
@NullMarked
package io.tidescope.schemas;

import org.jspecify.annotations.NullMarked;
