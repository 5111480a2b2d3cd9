/** Webhooks of code hosts: who sent it is proven, what it says is a poke. */
@NullMarked
package io.tidescope.ingest.webhook;

import org.jspecify.annotations.NullMarked;
