/**
 * A second region: which of two publishes, what its log is mirrored by, and how the other takes
 * over.
 */
@NullMarked
package io.tidescope.recovery.region;

import org.jspecify.annotations.NullMarked;
