/** The image of TideScope and the system that compose.yaml describes, tested from outside. */
@NullMarked
package io.tidescope.app.container;

import org.jspecify.annotations.NullMarked;
