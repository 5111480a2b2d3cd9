package io.tidescope.schemas.registry;

import org.apache.avro.Schema;

/**
 * A registry that forgets everything with its process; for tests, and for what is removed again.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final Subjects subjects = new Subjects(new RegistryState(), record -> {});

    @Override
    public int register(String subject, Schema schema) {
        return subjects.register(subject, schema);
    }

    @Override
    public Schema read(int id) {
        return subjects.read(id);
    }
}
