/** What whoever runs an index asks when something is wrong with it. */
@NullMarked
package io.tidescope.query.admin;

import org.jspecify.annotations.NullMarked;
