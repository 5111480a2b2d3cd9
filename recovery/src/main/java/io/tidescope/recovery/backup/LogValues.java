package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.LeftOutSource;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** What a backup has to understand of the values that it takes. */
final class LogValues {
    private final AvroSerde<FileChange> changes;
    private final AvroSerde<DocumentRecord> documents;

    LogValues(Namespace names, SchemaRegistry registry) {
        changes = AvroSerde.forValue(names.fileChanges(), FileChange.class, registry);
        documents = AvroSerde.forValue(names.documents(), DocumentRecord.class, registry);
    }

    /**
     * A record as it is archived.
     *
     * @param topic as archives call it
     * @throws TideScopeException UNAVAILABLE when the registry does not give its schema
     */
    ArchivedRecord archived(String topic, ArchivedRecord record) {
        return topic.equals(Archive.DOCUMENTS) ? LeftOutSource.leaveOut(record, documents) : record;
    }

    /**
     * What a record of {@code file-changes} says when it is a revision marker, else null; bytes
     * that are no change are none, for parsers pass over them too.
     *
     * @throws TideScopeException UNAVAILABLE when the registry does not give its schema
     */
    @Nullable Mark mark(ArchivedRecord record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null || key.length == 0 || key[key.length - 1] != 0 || value == null) {
            return null;
        }
        try {
            return changes.deserialize(ByteBuffer.wrap(value)).getChange()
                            instanceof RevisionMarker marker
                    ? Mark.of(marker)
                    : null;
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.CORRUPT) {
                return null;
            }
            throw e;
        }
    }
}
