package io.tidescope.parser.stream;

import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;

/** The serdes of the topics that the stream reads and writes. */
record EventSerdes(
        AvroSerde<FileChange> changes,
        AvroSerde<DocumentRecord> documents,
        AvroSerde<ParseFailure> failures) {
    static EventSerdes with(SchemaRegistry registry, Namespace names) {
        return new EventSerdes(
                AvroSerde.forValue(names.fileChanges(), FileChange.class, registry),
                AvroSerde.forValue(names.documents(), DocumentRecord.class, registry),
                AvroSerde.forValue(names.parseFailures(), ParseFailure.class, registry));
    }
}
