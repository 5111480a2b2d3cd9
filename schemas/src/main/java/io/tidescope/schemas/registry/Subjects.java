package io.tidescope.schemas.registry;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.RegistryRecord.LevelSet;
import io.tidescope.schemas.registry.RegistryRecord.SchemaVersion;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A registry's decisions over its state: whether a schema may be registered, and under which id.
 * Every change is written to the log before it is applied. Safe for concurrent use.
 */
final class Subjects implements SchemaRegistry {
    private final RegistryState state;
    private final Consumer<RegistryRecord> log;

    /**
     * @param state what was read from the log so far
     * @param log keeps a record durably, or throws
     */
    Subjects(RegistryState state, Consumer<RegistryRecord> log) {
        this.state = state;
        this.log = log;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        Optional<SchemaVersion> known = state.findVersion(subject, schema);
        if (known.isPresent()) {
            return known.get().id();
        }
        List<String> problems = problems(schema, state.versions(subject), state.level(subject));
        if (!problems.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the schema is not %s with the versions of subject %s: %s"
                            .formatted(state.level(subject), subject, String.join("; ", problems)));
        }
        SchemaVersion next = state.next(subject, schema);
        write(next);
        return next.id();
    }

    @Override
    public synchronized Schema read(int id) {
        return state.findSchema(id)
                .orElseThrow(
                        () ->
                                new TideScopeException(
                                        ErrorCode.NOT_FOUND, "there is no schema " + id));
    }

    synchronized Optional<Schema> findSchema(int id) {
        return state.findSchema(id);
    }

    synchronized List<String> names() {
        return state.subjects();
    }

    synchronized List<SchemaVersion> versions(String subject) {
        return state.versions(subject);
    }

    synchronized Optional<SchemaVersion> findVersion(String subject, Schema schema) {
        return state.findVersion(subject, schema);
    }

    synchronized Optional<CompatibilityLevel> findLevel(@Nullable String subject) {
        return state.findLevel(subject);
    }

    synchronized void setLevel(@Nullable String subject, CompatibilityLevel level) {
        write(new LevelSet(subject, level));
    }

    /** Why the schema could not follow those versions under the subject's level. */
    synchronized List<String> problems(
            String subject, Schema candidate, List<SchemaVersion> versions) {
        return problems(candidate, versions, state.level(subject));
    }

    private static List<String> problems(
            Schema candidate, List<SchemaVersion> versions, CompatibilityLevel level) {
        return level.problems(candidate, versions.stream().map(SchemaVersion::schema).toList());
    }

    private void write(RegistryRecord record) {
        log.accept(record);
        state.apply(record);
    }
}
