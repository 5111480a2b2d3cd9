/** The endpoints of the API: which parameters each takes and what it answers; no HTTP library. */
@NullMarked
package io.tidescope.query.api;

import org.jspecify.annotations.NullMarked;
