package io.tidescope.schemas.registry;

import org.apache.avro.Schema;

/**
 * Schemas by id and ids by schema. Implementations are safe for concurrent use and cache what they
 * learned.
 */
public interface SchemaRegistry {
    /**
     * The id of the schema under the subject, registering it when it is new there.
     *
     * @throws io.tidescope.schemas.TideScopeException INVALID_ARGUMENT when it is not compatible
     *     with what is registered, UNAVAILABLE when the registry does not answer
     */
    int register(String subject, Schema schema);

    /**
     * The schema with that id.
     *
     * @throws io.tidescope.schemas.TideScopeException NOT_FOUND, UNAVAILABLE
     */
    Schema read(int id);
}
