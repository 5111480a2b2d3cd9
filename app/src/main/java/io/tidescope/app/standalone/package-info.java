/** Everything in one process, and the broker beside it: the embedded mode and its data. */
@NullMarked
package io.tidescope.app.standalone;

import org.jspecify.annotations.NullMarked;
