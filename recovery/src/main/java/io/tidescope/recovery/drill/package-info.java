/** Drills: a backup is restored beside the live deployment, to see whether it can be. */
@NullMarked
package io.tidescope.recovery.drill;

import org.jspecify.annotations.NullMarked;
