package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedSchema;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Gives values the ids that their schemas have in the registry of where they are restored to. */
final class SchemaIds {
    private static final byte FRAMED = 0;
    private static final int FRAME_BYTES = 1 + Integer.BYTES;

    private final Map<Integer, Integer> ids = new HashMap<>();

    /**
     * Registers the schemas.
     *
     * @param archived by the ids that values carry
     * @throws TideScopeException INVALID_ARGUMENT when the registry has others that they do not
     *     fit, UNAVAILABLE
     */
    SchemaIds(Map<Integer, ArchivedSchema> archived, Namespace names, SchemaRegistry registry) {
        archived.forEach(
                (id, schema) ->
                        ids.put(
                                id,
                                registry.register(
                                        topic(schema.topic(), names) + "-value",
                                        new Schema.Parser().parse(schema.schema()))));
    }

    private static String topic(String archived, Namespace names) {
        return switch (archived) {
            case Archive.LOG -> names.fileChanges();
            case Archive.DOCUMENTS -> names.documents();
            case Archive.FAILURES -> names.parseFailures();
            case Archive.REPOSITORIES -> names.repositories();
            default ->
                    throw new TideScopeException(
                            ErrorCode.CORRUPT,
                            "The backup has a schema of %s, which is no topic of a deployment."
                                    .formatted(archived));
        };
    }

    /**
     * The value with the id that its schema has here; one that carries none is as it was.
     *
     * @throws TideScopeException CORRUPT when the backup does not have its schema
     */
    byte @Nullable [] translate(byte @Nullable [] value) {
        if (value == null || value.length < FRAME_BYTES || value[0] != FRAMED) {
            return value;
        }
        int archived = ByteBuffer.wrap(value).getInt(1);
        Integer here = ids.get(archived);
        if (here == null) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "The backup does not have schema %d, which its values need."
                            .formatted(archived));
        }
        if (here == archived) {
            return value;
        }
        byte[] translated = value.clone();
        ByteBuffer.wrap(translated).putInt(1, here);
        return translated;
    }
}
