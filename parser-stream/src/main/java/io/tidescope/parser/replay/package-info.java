/** Makes an index anew from the log, beside the one that answers. */
@NullMarked
package io.tidescope.parser.replay;

import org.jspecify.annotations.NullMarked;
