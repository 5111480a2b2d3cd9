package io.tidescope.recovery.object;

import java.time.Instant;

/**
 * An object that is there.
 *
 * @param size in bytes
 * @param written when, by the store's clock
 */
public record StoredObject(String name, long size, Instant written) {}
