/** Where traces go: all of OpenTelemetry's SDK is here. */
@NullMarked
package io.tidescope.app.trace;

import org.jspecify.annotations.NullMarked;
