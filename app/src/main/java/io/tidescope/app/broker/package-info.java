/** The embedded Kafka broker: a child process, and what runs inside it. */
@NullMarked
package io.tidescope.app.broker;

import org.jspecify.annotations.NullMarked;
