/**
 * A store over many nodes: which of them hold what, whom to ask for it, and what to do when one
 * does not answer.
 */
@NullMarked
package io.tidescope.query.routing;

import org.jspecify.annotations.NullMarked;
