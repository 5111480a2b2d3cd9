/** Reads what users write to search for: Java with holes. */
@NullMarked
package io.tidescope.parser.parse.pattern;

import org.jspecify.annotations.NullMarked;
