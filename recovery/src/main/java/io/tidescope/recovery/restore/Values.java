package io.tidescope.recovery.restore;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads values that somebody else may have written. */
public final class Values {
    private Values() {}

    /**
     * The record; absent when there is no value or it is none of TideScope, which everybody passes
     * over.
     *
     * @throws TideScopeException UNAVAILABLE when the registry does not give its schema
     */
    public static <T extends SpecificRecord> Optional<T> find(
            AvroSerde<T> serde, byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(serde.deserialize(ByteBuffer.wrap(value)));
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.CORRUPT) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
