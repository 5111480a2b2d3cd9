/**
 * Makes backups: reads topics into segments, finds the consistent state in them, and keeps time.
 */
@NullMarked
package io.tidescope.recovery.backup;

import org.jspecify.annotations.NullMarked;
