package io.tidescope.recovery.archive;

/**
 * A schema that archived values were written with.
 *
 * @param topic a topic that has such values, without prefix
 * @param schema Avro's JSON
 */
public record ArchivedSchema(String topic, String schema) {}
