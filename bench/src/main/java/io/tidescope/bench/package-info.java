@NullMarked
package io.tidescope.bench;

import org.jspecify.annotations.NullMarked;
