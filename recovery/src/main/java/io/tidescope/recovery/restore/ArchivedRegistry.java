package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.ArchivedSchema;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.avro.Schema;

import java.util.HashMap;
import java.util.Map;

/** The schemas that a backup brings with it. */
final class ArchivedRegistry implements SchemaRegistry {
    private final Map<Integer, Schema> schemas = new HashMap<>();

    ArchivedRegistry(Map<Integer, ArchivedSchema> archived) {
        archived.forEach((id, each) -> schemas.put(id, new Schema.Parser().parse(each.schema())));
    }

    @Override
    public Schema read(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "The backup does not have schema %d.".formatted(id));
        }
        return schema;
    }

    @Override
    public int register(String subject, Schema schema) {
        throw new UnsupportedOperationException("nothing is written to a backup");
    }
}
