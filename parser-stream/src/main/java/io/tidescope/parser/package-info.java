@NullMarked
package io.tidescope.parser;

import org.jspecify.annotations.NullMarked;
