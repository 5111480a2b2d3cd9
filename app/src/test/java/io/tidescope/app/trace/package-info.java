/** Holds what processes send to a receiver of traces against what they do. */
@NullMarked
package io.tidescope.app.trace;

import org.jspecify.annotations.NullMarked;
