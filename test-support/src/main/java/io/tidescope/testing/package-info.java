@NullMarked
package io.tidescope.testing;

import org.jspecify.annotations.NullMarked;
