package io.tidescope.recovery.object;

import io.tidescope.schemas.TideScopeException;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects that nothing keeps: what a store does when nothing fails. */
public final class MemoryObjects implements ObjectStore {
    private record Entry(StoredObject object, byte[] content) {}

    private final ConcurrentNavigableMap<String, Entry> entries = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    public MemoryObjects(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean create(String name, byte[] content) {
        ObjectNames.require(name);
        StoredObject object = new StoredObject(name, content.length, clock.instant());
        return entries.putIfAbsent(name, new Entry(object, content.clone())) == null;
    }

    @Override
    public Optional<byte[]> find(String name) {
        return findBeginning(name, Integer.MAX_VALUE);
    }

    @Override
    public Optional<byte[]> findBeginning(String name, int limit) {
        ObjectNames.require(name);
        if (limit < 1) {
            throw TideScopeException.invalid("limit", "limit is %d".formatted(limit));
        }
        return Optional.ofNullable(entries.get(name))
                .map(Entry::content)
                .map(content -> Arrays.copyOf(content, Math.min(limit, content.length)));
    }

    @Override
    public List<StoredObject> list(String prefix) {
        ObjectNames.requirePrefix(prefix);
        return entries.tailMap(prefix).values().stream()
                .map(Entry::object)
                .takeWhile(object -> object.name().startsWith(prefix))
                .toList();
    }

    @Override
    public void delete(String name) {
        ObjectNames.require(name);
        entries.remove(name);
    }

    @Override
    public String toString() {
        return "memory";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
