/** Confluent's wire format, and both sides of the registry's public REST protocol that it needs. */
@NullMarked
package io.tidescope.schemas.registry;

import org.jspecify.annotations.NullMarked;
