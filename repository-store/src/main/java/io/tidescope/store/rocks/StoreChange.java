package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;

import java.nio.ByteBuffer;

/** What a record of the {@code documents} topic asks of the store. */
sealed interface StoreChange {
    /** The document is now this. */
    record Put(Document document) implements StoreChange {}

    /** The document is gone. */
    record Remove() implements StoreChange {}

    /** The ref has come to a revision, or was deleted. */
    record Mark(RevisionMarker marker) implements StoreChange {}

    /** Nothing is known of the ref any more. */
    record Unmark(RefKey ref) implements StoreChange {}

    /** Nobody can read the record; it changes nothing. */
    record Unreadable(String why) implements StoreChange {}

    /**
     * @throws TideScopeException UNAVAILABLE or NOT_FOUND when the registry does not give the
     *     record's schema
     */
    static StoreChange of(StoreRecord record, AvroSerde<DocumentRecord> serde) {
        try {
            DocumentKey key = DocumentKey.read(record.key());
            byte[] value = record.value();
            if (value == null) {
                return key.isMarker()
                        ? new Unmark(new RefKey(key.repository(), key.ref()))
                        : new Remove();
            }
            return switch (serde.deserialize(ByteBuffer.wrap(value)).getBody()) {
                case Document document when !key.isMarker() -> new Put(document);
                case RevisionMarker marker -> new Mark(marker);
                case Object other ->
                        new Unreadable("a " + other.getClass().getSimpleName() + " under " + key);
            };
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.CORRUPT) {
                return new Unreadable(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
