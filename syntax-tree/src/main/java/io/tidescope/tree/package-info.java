/** The columnar syntax tree: its stored format, and walking it in place. */
@NullMarked
package io.tidescope.tree;

import org.jspecify.annotations.NullMarked;
