/** Where archives lie: immutable objects by name, in a directory or in anything that speaks S3. */
@NullMarked
package io.tidescope.recovery.object;

import org.jspecify.annotations.NullMarked;
