package io.tidescope.store.rocks;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;
import io.tidescope.tree.index.DocumentIndex;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;

/** Makes the records that the parser would write, with ascending offsets. */
public final class TestRecords {
    private static final JavaSourceParser PARSER = new JavaSourceParser();

    private final AvroSerde<DocumentRecord> serde =
            AvroSerde.forValue(
                    Namespace.NONE.documents(), DocumentRecord.class, new InMemorySchemaRegistry());
    private long nextOffset;

    AvroSerde<DocumentRecord> serde() {
        return serde;
    }

    /** The document that a file with this content becomes. */
    public static Document document(DocumentKey key, byte[] content, long sequence) {
        ParseResult result = PARSER.parse(content);
        Document.Builder document =
                Document.newBuilder()
                        .setRepository(key.repository())
                        .setRef(key.ref())
                        .setPath(key.path())
                        .setSequence(sequence)
                        .setCommit(commit(sequence))
                        .setBlob(blob(content))
                        .setMode(0100644)
                        .setEncoding(result.encoding())
                        .setSize(content.length)
                        .setLines(result.lines())
                        .setSource(ByteBuffer.wrap(result.source()));
        switch (result) {
            case ParseResult.Parsed parsed -> {
                byte[] tree = parsed.tree().toBytes();
                DocumentIndex index = DocumentIndex.of(key.path(), parsed.tree(), tree);
                document.setOutcome(ParseOutcome.PARSED)
                        .setTree(ByteBuffer.wrap(tree))
                        .setIndex(ByteBuffer.wrap(index.toBytes()));
            }
            case ParseResult.Unparseable failed ->
                    document.setOutcome(ParseOutcome.UNPARSEABLE)
                            .setTree(ByteBuffer.allocate(0))
                            .setProblems(
                                    List.of(
                                            new ParseProblem(
                                                    failed.code(), failed.message(), -1, -1)));
        }
        return document.build();
    }

    /** A marker without ancestors. */
    public static RevisionMarker marker(
            String repository,
            String ref,
            @Nullable String commit,
            long sequence,
            boolean defaultRef) {
        return RevisionMarker.newBuilder()
                .setRepository(repository)
                .setRef(ref)
                .setCommit(commit)
                .setSequence(sequence)
                .setDefaultRef(defaultRef)
                .setPublishedAtMillis(Instant.ofEpochMilli(1_700_000_000_000L + sequence))
                .setJavaFiles(1)
                .setOtherFiles(2)
                .setSymlinks(3)
                .setSubmodules(4)
                .build();
    }

    /** A hex object id. */
    public static String commit(long number) {
        return "%040x".formatted(number);
    }

    private static String blob(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return "%08x%032x".formatted(checksum.getValue(), content.length);
    }

    StoreRecord put(Document document) {
        DocumentKey key =
                new DocumentKey(document.getRepository(), document.getRef(), document.getPath());
        return record(key, serde.serialize(new DocumentRecord(document)));
    }

    StoreRecord remove(DocumentKey key) {
        return record(key, null);
    }

    StoreRecord mark(RevisionMarker marker) {
        DocumentKey key = new DocumentKey(marker.getRepository(), marker.getRef(), "");
        return record(key, serde.serialize(new DocumentRecord(marker)));
    }

    StoreRecord record(DocumentKey key, byte @Nullable [] value) {
        return new StoreRecord(nextOffset++, key.toBytes(), value);
    }
}
