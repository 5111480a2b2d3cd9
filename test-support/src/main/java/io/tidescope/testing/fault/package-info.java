/** Faults on purpose: what can go wrong between and inside processes, by seed, and how to do it. */
@NullMarked
package io.tidescope.testing.fault;

import org.jspecify.annotations.NullMarked;
