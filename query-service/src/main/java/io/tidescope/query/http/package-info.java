/** The HTTP server: the only package that sees the HTTP library. */
@NullMarked
package io.tidescope.query.http;

import org.jspecify.annotations.NullMarked;
