/** The {@code tidescope} command line: its commands, their options and how they fail. */
@NullMarked
package io.tidescope.app.cli;

import org.jspecify.annotations.NullMarked;
