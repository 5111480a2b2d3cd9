package io.tidescope.schemas.registry;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;

/** Small schemas to register. */
final class Schemas {
    private Schemas() {}

    static Schema withField(String name) {
        return withFields(name);
    }

    static Schema withFields(String... names) {
        FieldAssembler<Schema> fields = SchemaBuilder.record("R").fields();
        for (String name : names) {
            fields = fields.requiredString(name);
        }
        return fields.endRecord();
    }
}
