/** A cluster of real processes in which things go wrong by seed, and what must hold meanwhile. */
@NullMarked
package io.tidescope.app.fault;

import org.jspecify.annotations.NullMarked;
