/** What a syntax tree says about names: definitions and occurrences. */
@NullMarked
package io.tidescope.tree.symbol;

import org.jspecify.annotations.NullMarked;
