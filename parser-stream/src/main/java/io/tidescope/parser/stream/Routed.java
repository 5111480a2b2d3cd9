package io.tidescope.parser.stream;

import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;

/**
 * A value on its way to a partition that was decided on: everything a record leads to goes to the
 * partition number that the record came from.
 *
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Routed(int partition, byte @Nullable [] value) {
    static final Serializer<Routed> SERIALIZER = (topic, routed) -> routed.value();

    static final StreamPartitioner<byte[], Routed> PARTITIONER =
            (topic, key, routed, partitions) -> Optional.of(Set.of(routed.partition()));
}
