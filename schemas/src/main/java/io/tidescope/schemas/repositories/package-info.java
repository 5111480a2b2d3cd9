/** What the {@code repositories} topic says, for those who read it. */
@NullMarked
package io.tidescope.schemas.repositories;

import org.jspecify.annotations.NullMarked;
