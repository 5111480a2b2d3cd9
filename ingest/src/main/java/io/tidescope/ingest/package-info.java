@NullMarked
package io.tidescope.ingest;

import org.jspecify.annotations.NullMarked;
