/** Holds dashboards and alerts against what processes tell of themselves. */
@NullMarked
package io.tidescope.app.observability;

import org.jspecify.annotations.NullMarked;
