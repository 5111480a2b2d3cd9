/** What is done around a failover: who is told, and what is waited for. */
@NullMarked
package io.tidescope.app.region;

import org.jspecify.annotations.NullMarked;
