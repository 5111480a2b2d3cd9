package io.tidescope.query.cache;

import java.util.Collection;
import java.util.Map;

/**
 * Bytes by key, shared with other processes. Whatever happens to it, it fails nobody and delays
 * them by a small, fixed time at most. Safe for concurrent use.
 */
public interface SharedBytes {
    /** What is there of some keys, as far as that can be found out in time. */
    Map<String, byte[]> find(Collection<String> keys);

    /** Keeps bytes for a while, if all goes well. Returns at once. */
    void keep(String key, byte[] bytes);
}
