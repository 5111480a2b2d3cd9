/** The program's entry. */
@NullMarked
package io.tidescope.app;

import org.jspecify.annotations.NullMarked;
