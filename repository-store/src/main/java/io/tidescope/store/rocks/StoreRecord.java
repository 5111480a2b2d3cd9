package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;

/**
 * A record of the {@code documents} topic.
 *
 * @param key a {@link io.tidescope.schemas.DocumentKey}
 * @param value a {@link io.tidescope.schemas.event.DocumentRecord} in the wire format; null for a
 *     tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record StoreRecord(long offset, byte[] key, byte @Nullable [] value) {
    int bytes() {
        return key.length + (value == null ? 0 : value.length);
    }
}
