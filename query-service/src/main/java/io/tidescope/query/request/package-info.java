/** What a request may carry: parameters as declared, and the values given for them. */
@NullMarked
package io.tidescope.query.request;

import org.jspecify.annotations.NullMarked;
