package io.tidescope.schemas.registry;

import org.apache.avro.specific.SpecificRecord;

import java.nio.ByteBuffer;

/**
 * Turns records of one type into bytes of Confluent's wire format and back.
 *
 * <p>Bytes: {@code 0}, the schema's id (4 bytes, big endian), the Avro binary encoding. The
 * writer's schema is registered under {@code <topic>-value}; a record written with another schema
 * is read through Avro's resolution. Safe for concurrent use.
 */
public interface AvroSerde<T extends SpecificRecord> {
    byte[] serialize(T value);

    /**
     * @throws io.tidescope.schemas.TideScopeException CORRUPT when the bytes are not of this
     *     format, NOT_FOUND when the registry does not know the id
     */
    T deserialize(ByteBuffer bytes);
}
