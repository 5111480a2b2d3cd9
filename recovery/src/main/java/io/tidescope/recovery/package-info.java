/** Backups, restoring them, and another region: what is left when clusters and disks are not. */
@NullMarked
package io.tidescope.recovery;

import org.jspecify.annotations.NullMarked;
