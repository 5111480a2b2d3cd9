/** From git to the log: publishing what changed on each followed ref, and noticing that it did. */
@NullMarked
package io.tidescope.ingest;

import org.jspecify.annotations.NullMarked;
