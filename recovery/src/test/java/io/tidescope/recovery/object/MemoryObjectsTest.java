package io.tidescope.recovery.object;

import java.time.InstantSource;

final class MemoryObjectsTest extends ObjectStoreContract {
    private final MemoryObjects objects = new MemoryObjects(InstantSource.system());

    @Override
    ObjectStore store() {
        return objects;
    }
}
