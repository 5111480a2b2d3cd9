package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Digests;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** The documents that there are in a partition, each as a digest of what it says. */
final class DocumentDigests {
    private final Map<DocumentKey, Held> documents = new HashMap<>();

    /**
     * A document.
     *
     * @param sequence of the publish that it is of
     * @param digest SHA-256, hexadecimal
     */
    record Held(long sequence, String digest) {}

    /** Reads a partition of {@code documents}. */
    static DocumentDigests read(TopicScan scan, TopicPartition partition, RestoreTarget of) {
        AvroSerde<DocumentRecord> serde =
                AvroSerde.forValue(
                        of.kafka().names().documents(), DocumentRecord.class, of.registry());
        DocumentDigests digests = new DocumentDigests();
        scan.read(
                partition,
                record -> {
                    DocumentKey key = DocumentKey.read(record.key());
                    if (record.value() == null) {
                        digests.documents.remove(key);
                    }
                    Values.find(serde, record.value())
                            .ifPresent(
                                    value -> {
                                        if (value.getBody() instanceof Document document) {
                                            digests.documents.put(key, held(document));
                                        }
                                    });
                });
        return digests;
    }

    /** Its index is not of it: readers make that again, and it may be left out. */
    private static Held held(Document document) {
        Document read = Document.newBuilder(document).setIndex(ByteBuffer.allocate(0)).build();
        var digest = Digests.sha256();
        try {
            digest.update(read.toByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Held(document.getSequence(), HexFormat.of().formatHex(digest.digest()));
    }

    Set<DocumentKey> keys() {
        return documents.keySet();
    }

    /** Null when there is none. */
    @Nullable Held find(DocumentKey key) {
        return documents.get(key);
    }
}
