/** A node of the document store: its topology, its lifecycle, and asking it. */
@NullMarked
package io.tidescope.store;

import org.jspecify.annotations.NullMarked;
