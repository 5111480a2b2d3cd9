/** What the compiler's checks must refuse. */
@NullMarked
package io.tidescope.canary;

import org.jspecify.annotations.NullMarked;
