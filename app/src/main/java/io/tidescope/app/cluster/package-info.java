/** A whole cluster on this machine: every role as processes of their own, for people to look at. */
@NullMarked
package io.tidescope.app.cluster;

import org.jspecify.annotations.NullMarked;
