/** Questions to the whole store: asked of its partitions, merged, paged and bounded. */
@NullMarked
package io.tidescope.query;

import org.jspecify.annotations.NullMarked;
