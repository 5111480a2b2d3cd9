package io.tidescope.recovery.object;

import java.util.List;
import java.util.Optional;

/** A store whose calls a test watches, and lets fail. */
public final class WatchedObjects implements ObjectStore {
    private final ObjectStore objects;
    private final Watcher watcher;

    /** Hears of each call; what it throws is what the call does. */
    public interface Watcher {
        /** Before anything is done. */
        default void called() {}

        /** Before an object is written, if there is none of its name. */
        default void creating() {}

        /** After that. */
        default void created() {}
    }

    /**
     * @param objects where they are
     */
    public WatchedObjects(ObjectStore objects, Watcher watcher) {
        this.objects = objects;
        this.watcher = watcher;
    }

    @Override
    public boolean create(String name, byte[] content) {
        watcher.called();
        watcher.creating();
        boolean created = objects.create(name, content);
        watcher.created();
        return created;
    }

    @Override
    public Optional<byte[]> find(String name) {
        watcher.called();
        return objects.find(name);
    }

    @Override
    public Optional<byte[]> findBeginning(String name, int limit) {
        watcher.called();
        return objects.findBeginning(name, limit);
    }

    @Override
    public List<StoredObject> list(String prefix) {
        watcher.called();
        return objects.list(prefix);
    }

    @Override
    public void delete(String name) {
        watcher.called();
        objects.delete(name);
    }

    @Override
    public void close() {
        objects.close();
    }
}
