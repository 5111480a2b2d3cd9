/** Processes that this one starts, watches and ends, and their side of the agreement. */
@NullMarked
package io.tidescope.app.child;

import org.jspecify.annotations.NullMarked;
