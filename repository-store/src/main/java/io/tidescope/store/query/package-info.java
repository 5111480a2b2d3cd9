/**
 * The questions a store partition answers, and their answers: the API that the query service builds
 * on.
 */
@NullMarked
package io.tidescope.store.query;

import org.jspecify.annotations.NullMarked;
