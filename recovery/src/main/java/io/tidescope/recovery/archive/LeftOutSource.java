package io.tidescope.recovery.archive;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Leaves a document's source out of its record where it is, byte for byte, the content of the
 * change that it is from, which the backup has as well: a third of what a backup would take.
 *
 * <p>That it is the same git's object id proves, which both carry. A header of the record tells
 * that it was left out.
 */
public final class LeftOutSource {
    private static final String HEADER = "tidescope-source-left-out";
    private static final int SHA256_DIGITS = 64;

    /** Before the record stands which schema it was written with. */
    private static final int FRAME_BYTES = 5;

    private LeftOutSource() {}

    /**
     * The record without its source; the record itself when it has none that can be left out.
     *
     * @param documents reads and writes values of {@code documents}
     */
    public static ArchivedRecord leaveOut(
            ArchivedRecord record, AvroSerde<DocumentRecord> documents) {
        byte[] value = record.value();
        if (value == null || isLeftOut(record)) {
            return record;
        }
        DocumentRecord decoded;
        try {
            decoded = documents.deserialize(ByteBuffer.wrap(value));
        } catch (TideScopeException e) {
            if (e.code() == ErrorCode.CORRUPT) {
                // Not ours to judge: it is kept as it is.
                return record;
            }
            throw e;
        }
        if (!(decoded.getBody() instanceof Document document)
                || !document.getSource().hasRemaining()
                || !isContent(document.getSource(), document.getBlob())) {
            return record;
        }
        byte[] without = documents.serialize(with(document, ByteBuffer.allocate(0)));
        if (!Arrays.equals(without, 0, FRAME_BYTES, value, 0, FRAME_BYTES)) {
            // Another version wrote it, whose schema may say more than this one knows.
            return record;
        }
        List<Header> headers = new ArrayList<>(record.headers());
        headers.add(new RecordHeader(HEADER, new byte[0]));
        return new ArchivedRecord(
                record.offset(), record.timestamp(), record.key(), without, headers);
    }

    /** Whether the source of a record was left out. */
    public static boolean isLeftOut(ArchivedRecord record) {
        return record.headers().stream().anyMatch(header -> header.key().equals(HEADER));
    }

    /** The headers that the record had before. */
    public static List<Header> headers(ArchivedRecord record) {
        return record.headers().stream().filter(header -> !header.key().equals(HEADER)).toList();
    }

    /**
     * The document as it was before.
     *
     * @param record whose source was left out
     * @param content of the change that it is from
     * @param archived reads values as the backup has them
     * @throws TideScopeException CORRUPT when that is not its source
     */
    public static DocumentRecord putBack(
            ArchivedRecord record, ByteBuffer content, AvroSerde<DocumentRecord> archived) {
        byte[] value = record.value();
        if (value == null
                || !(archived.deserialize(ByteBuffer.wrap(value)) instanceof DocumentRecord decoded)
                || !(decoded.getBody() instanceof Document document)
                || !isContent(content, document.getBlob())) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "Record %d of documents is not from the change that it names."
                            .formatted(record.offset()));
        }
        return with(document, content);
    }

    /** The same document with another source; Avro's builder would copy its tree. */
    private static DocumentRecord with(Document document, ByteBuffer source) {
        return new DocumentRecord(
                new Document(
                        document.getRepository(),
                        document.getRef(),
                        document.getPath(),
                        document.getSequence(),
                        document.getCommit(),
                        document.getBlob(),
                        document.getMode(),
                        document.getOutcome(),
                        document.getEncoding(),
                        document.getSize(),
                        document.getLines(),
                        source,
                        document.getTree(),
                        document.getIndex(),
                        document.getProblems()));
    }

    /** Whether git gives the bytes that object id. */
    private static boolean isContent(ByteBuffer bytes, String blob) {
        try {
            MessageDigest digest =
                    MessageDigest.getInstance(blob.length() == SHA256_DIGITS ? "SHA-256" : "SHA-1");
            digest.update(("blob " + bytes.remaining() + '\0').getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest()).equals(blob);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
