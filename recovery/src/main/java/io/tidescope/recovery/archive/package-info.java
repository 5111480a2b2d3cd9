/**
 * What a backup consists of, wherever it lies: segments of records, manifests that name them, and
 * which of both is still needed.
 */
@NullMarked
package io.tidescope.recovery.archive;

import org.jspecify.annotations.NullMarked;
