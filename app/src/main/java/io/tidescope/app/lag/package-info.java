/** How far consumers are behind what was written for them. */
@NullMarked
package io.tidescope.app.lag;

import org.jspecify.annotations.NullMarked;
