package io.tidescope.schemas.registry;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** One change of what a registry knows, in the terms of Confluent's {@code _schemas} topic. */
sealed interface RegistryRecord {
    /**
     * A version of a subject.
     *
     * @param version from 1
     * @param id the schema's id, the same in every subject
     * @param deleted whether the version is hidden; its id is still readable
     */
    record SchemaVersion(String subject, int version, int id, Schema schema, boolean deleted)
            implements RegistryRecord {}

    /** A version that is gone for good. */
    record VersionRemoved(String subject, int version) implements RegistryRecord {}

    /** All versions of a subject up to one were hidden. */
    record SubjectDeleted(String subject, int upToVersion) implements RegistryRecord {}

    /**
     * The compatibility level of a subject.
     *
     * @param subject null for the level of all subjects that have none
     * @param level null when it was taken back
     */
    record LevelSet(@Nullable String subject, @Nullable CompatibilityLevel level)
            implements RegistryRecord {}
}
