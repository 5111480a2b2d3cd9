/**
 * What the end-to-end benchmarks are made of: the code they index, what they measure with, and
 * where they report.
 */
@NullMarked
package io.tidescope.bench;

import org.jspecify.annotations.NullMarked;
