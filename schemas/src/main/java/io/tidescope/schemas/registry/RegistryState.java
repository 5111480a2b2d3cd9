package io.tidescope.schemas.registry;

import io.tidescope.schemas.registry.RegistryRecord.LevelSet;
import io.tidescope.schemas.registry.RegistryRecord.SchemaVersion;
import io.tidescope.schemas.registry.RegistryRecord.SubjectDeleted;
import io.tidescope.schemas.registry.RegistryRecord.VersionRemoved;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a registry knows, as the sum of its records. Confined to one thread at a time by its owner.
 */
final class RegistryState {
    private final Map<Integer, Schema> schemas = new HashMap<>();

    /** By the schema as text, for documentation counts as a difference. */
    private final Map<String, Integer> ids = new HashMap<>();

    private final NavigableMap<String, NavigableMap<Integer, SchemaVersion>> subjects =
            new TreeMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private @Nullable CompatibilityLevel defaultLevel;
    private int lastId;

    void apply(RegistryRecord record) {
        switch (record) {
            case SchemaVersion added -> {
                schemas.putIfAbsent(added.id(), added.schema());
                ids.putIfAbsent(added.schema().toString(), added.id());
                lastId = Math.max(lastId, added.id());
                allVersions(added.subject()).put(added.version(), added);
            }
            case VersionRemoved removed -> allVersions(removed.subject()).remove(removed.version());
            case SubjectDeleted deleted ->
                    allVersions(deleted.subject())
                            .headMap(deleted.upToVersion(), true)
                            .replaceAll((number, version) -> hidden(version));
            case LevelSet(var subject, var level) -> {
                if (subject == null) {
                    defaultLevel = level;
                } else if (level == null) {
                    levels.remove(subject);
                } else {
                    levels.put(subject, level);
                }
            }
        }
    }

    Optional<Schema> findSchema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    /** Versions that are not deleted, oldest first. */
    List<SchemaVersion> versions(String subject) {
        NavigableMap<Integer, SchemaVersion> versions = subjects.get(subject);
        return versions == null
                ? List.of()
                : versions.values().stream().filter(version -> !version.deleted()).toList();
    }

    /** Subjects that have a version, in order. */
    List<String> subjects() {
        return subjects.keySet().stream().filter(subject -> !versions(subject).isEmpty()).toList();
    }

    Optional<SchemaVersion> findVersion(String subject, Schema schema) {
        String text = schema.toString();
        return versions(subject).stream()
                .filter(version -> version.schema().toString().equals(text))
                .findFirst();
    }

    /** The level set for that subject, or for all when null. */
    Optional<CompatibilityLevel> findLevel(@Nullable String subject) {
        return Optional.ofNullable(subject == null ? defaultLevel : levels.get(subject));
    }

    CompatibilityLevel level(String subject) {
        return findLevel(subject).or(() -> findLevel(null)).orElse(CompatibilityLevel.DEFAULT);
    }

    /** What registering the schema would write, were it compatible. */
    SchemaVersion next(String subject, Schema schema) {
        NavigableMap<Integer, SchemaVersion> versions = subjects.get(subject);
        int version = versions == null || versions.isEmpty() ? 1 : versions.lastKey() + 1;
        int id = ids.getOrDefault(schema.toString(), lastId + 1);
        return new SchemaVersion(subject, version, id, schema, false);
    }

    private NavigableMap<Integer, SchemaVersion> allVersions(String subject) {
        return subjects.computeIfAbsent(subject, absent -> new TreeMap<>());
    }

    private static SchemaVersion hidden(SchemaVersion version) {
        return new SchemaVersion(
                version.subject(), version.version(), version.id(), version.schema(), true);
    }
}
