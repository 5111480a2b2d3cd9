package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Digests;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.Upsert;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java files that there are in a partition after some of its records, of whichever topic: which
 * content each has, and by which publish. For one thread.
 */
final class LiveFiles {
    /** Of each file the publish and git's object id of its content. */
    private final TreeMap<String, String> files = new TreeMap<>();

    /** Of each file that there is or was, the offset of its last change. */
    private final Map<String, Long> changes = new HashMap<>();

    /** A change happens. */
    void apply(FileChange change, long offset) {
        if (!change.getPath().endsWith(".java")) {
            return;
        }
        String key = key(change.getRepository(), change.getRef(), change.getPath());
        changes.put(key, offset);
        switch (change.getChange()) {
            case Upsert upsert -> files.put(key, what(change.getSequence(), upsert.getBlob()));
            case Delete _ -> files.remove(key);
            default -> {}
        }
    }

    /**
     * A document comes, or goes.
     *
     * @param document null for a tombstone
     */
    void apply(DocumentKey key, @Nullable DocumentRecord document) {
        String name = key(key);
        if (document == null) {
            files.remove(name);
        } else if (document.getBody() instanceof Document body) {
            files.put(name, what(body.getSequence(), body.getBlob()));
        }
    }

    /** What a document is called among {@link #changedFrom}. */
    static String key(DocumentKey key) {
        return key(key.repository(), key.ref(), key.path());
    }

    private static String key(String repository, String ref, String path) {
        return repository + '\0' + ref + '\0' + path;
    }

    private static String what(long sequence, String blob) {
        return sequence + " " + blob;
    }

    /** Files whose last change is at an offset or behind it. */
    Set<String> changedFrom(long offset) {
        return changes.entrySet().stream()
                .filter(change -> change.getValue() >= offset)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Leaves files out. */
    void drop(Set<String> keys) {
        files.keySet().removeAll(keys);
    }

    /** Leaves all files of a ref out. */
    void drop(RefKey ref) {
        String first = key(ref.repository(), ref.ref(), "");
        files.keySet().removeIf(key -> key.startsWith(first));
    }

    int size() {
        return files.size();
    }

    /** One that other files differ in, for people; null when they are the same. */
    @Nullable String difference(LiveFiles other) {
        return differences(other).findFirst().orElse(null);
    }

    /** All that other files differ in, for people. */
    Stream<String> differences(LiveFiles other) {
        return Stream.concat(
                        files.keySet().stream()
                                .filter(
                                        key ->
                                                !Objects.equals(
                                                        files.get(key), other.files.get(key))),
                        other.files.keySet().stream().filter(key -> !files.containsKey(key)))
                .map(key -> key.replace('\0', ' '));
    }

    /** SHA-256 over all of them in their order, hexadecimal. */
    String digest() {
        var digest = Digests.sha256();
        files.forEach(
                (key, what) ->
                        digest.update((key + '\0' + what + '\n').getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
