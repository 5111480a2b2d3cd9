/** A git repository as ingest reads it: refs, tree differences, blobs and ancestors. */
@NullMarked
package io.tidescope.ingest.git;

import org.jspecify.annotations.NullMarked;
