/**
 * Recovers a deployment in its own cluster, step by step: nothing is deleted before what replaces
 * it was found to be whole.
 */
@NullMarked
package io.tidescope.recovery.emergency;

import org.jspecify.annotations.NullMarked;
