/** Asks a running TideScope, and shows its answers in a terminal. */
@NullMarked
package io.tidescope.app.client;

import org.jspecify.annotations.NullMarked;
