/**
 * The roles of a cluster, each to run alone in a process, and what the processes have in common.
 */
@NullMarked
package io.tidescope.app.role;

import org.jspecify.annotations.NullMarked;
