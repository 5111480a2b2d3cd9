/** Traces: spans of what is done, and how they go on in another process. */
@NullMarked
package io.tidescope.schemas.trace;

import org.jspecify.annotations.NullMarked;
