/** Rules of structural searches, as they are written. */
@NullMarked
package io.tidescope.query.rule;

import org.jspecify.annotations.NullMarked;
