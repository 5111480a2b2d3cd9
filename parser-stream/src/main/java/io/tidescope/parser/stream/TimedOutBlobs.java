package io.tidescope.parser.stream;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contents that lately took too long, by git blob id. A batch whose transaction failed is
 * processed again, and must not wait for the same files again, or it would never get past them.
 * Safe for concurrent use.
 */
final class TimedOutBlobs {
    private static final int CAPACITY = 1024;

    private final Map<String, Boolean> blobs =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > CAPACITY;
                }
            };

    synchronized void add(String blob) {
        blobs.put(blob, true);
    }

    synchronized boolean contains(String blob) {
        return blobs.containsKey(blob);
    }
}
