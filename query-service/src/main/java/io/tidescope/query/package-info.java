@NullMarked
package io.tidescope.query;

import org.jspecify.annotations.NullMarked;
