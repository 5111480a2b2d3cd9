package io.tidescope.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.apache.avro.Schema;

/**
 * A schema as it is checked in: without {@code avro.java.string}, which generated classes carry and
 * which says nothing about the bytes. So what is registered does not depend on the language that
 * writes.
 */
final class PlainSchema {
    private static final String STRING_TYPE = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlainSchema() {}

    static Schema of(Schema schema) {
        try {
            JsonNode json = JSON.readTree(schema.toString());
            for (JsonNode type : json.findParents(STRING_TYPE)) {
                ((ObjectNode) type).remove(STRING_TYPE);
            }
            return new Schema.Parser().parse(json.toString());
        } catch (JsonProcessingException e) {
            throw new TideScopeException(
                    ErrorCode.INTERNAL, "a schema does not print as JSON: " + schema, e);
        }
    }
}
