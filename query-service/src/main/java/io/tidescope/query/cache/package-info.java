/** Answers that are kept, and used again when the store says that they still hold. */
@NullMarked
package io.tidescope.query.cache;

import org.jspecify.annotations.NullMarked;
