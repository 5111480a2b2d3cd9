/** Brings a backup back: plans it, writes it where there is nothing, and proves what it wrote. */
@NullMarked
package io.tidescope.recovery.restore;

import org.jspecify.annotations.NullMarked;
