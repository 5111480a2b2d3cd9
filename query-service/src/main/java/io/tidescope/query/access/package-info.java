/** Who asks, what they may do, and which repositories they may see. */
@NullMarked
package io.tidescope.query.access;

import org.jspecify.annotations.NullMarked;
