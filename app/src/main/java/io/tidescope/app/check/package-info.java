/** Looks over an installation before it is started, and after. */
@NullMarked
package io.tidescope.app.check;

import org.jspecify.annotations.NullMarked;
