package io.tidescope.parser.stream;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.FileKey;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.event.Upsert;
import io.tidescope.schemas.trace.ActiveSpan;
import io.tidescope.schemas.trace.Messaging;
import io.tidescope.schemas.trace.TraceParent;
import io.tidescope.schemas.trace.Tracing;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One partition of the stream: file changes in, documents and failures out, in order.
 *
 * <p>What has come through once does not do so again, whatever becomes of the group's offsets: a
 * document would go back to what it was, and to all that it has been since, before everybody's
 * eyes.
 *
 * <p>Of a trace, a record carries on what its change brought: of the span of its parse, if it was
 * parsed. It makes no difference to anything else.
 *
 * <p>No file stops it, nor bytes that are no record. A record whose schema the registry does not
 * give may be a good one: that is thrown, and the record comes again.
 */
final class FileChangeProcessor implements Processor<byte[], byte[], byte[], Routed> {
    /** Leaves room for the key and the record's own bytes. */
    static final int MAX_DOCUMENT_BYTES = Topics.MAX_RECORD_BYTES - 64 * 1024;

    /** What a span of a parse is called. */
    private static final String SPAN = "parse";

    private static final Logger log = LoggerFactory.getLogger(FileChangeProcessor.class);

    private final EventSerdes serdes;
    private final ParseWorkers workers;
    private final ParserMetrics metrics;
    private final RevisionBarrier barrier;
    private final Forwarded forwarded;
    private final Tracing tracing;
    private @Nullable ProcessorContext<byte[], Routed> context;

    /** Offset of the last change that had come through when the partition came here. */
    private long last;

    /**
     * @param barrier of the stream thread that calls this
     */
    FileChangeProcessor(
            EventSerdes serdes,
            ParseWorkers workers,
            ParserMetrics metrics,
            RevisionBarrier barrier,
            Forwarded forwarded,
            Tracing tracing) {
        this.serdes = serdes;
        this.workers = workers;
        this.metrics = metrics;
        this.barrier = barrier;
        this.forwarded = forwarded;
        this.tracing = tracing;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        last = forwarded.last(context.taskId().partition());
        barrier.join();
    }

    @Override
    public void close() {
        barrier.leave();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (offset() <= last) {
            metrics.countRepeated();
            return;
        }
        try (Scope _ = tracing.follow(record.headers(), record.timestamp())) {
            forward(record);
        }
    }

    private void forward(Record<byte[], byte[]> record) {
        FileChange change;
        byte[] key;
        try {
            change = decode(record.value());
            key = documentKey(change);
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
            passOver(record, e);
            return;
        }
        Record<byte[], byte[]> keyed = record.withKey(key);
        switch (change.getChange()) {
            case RevisionMarker marker -> {
                DocumentRecord document = Documents.marker(marker);
                forward(ParserTopology.DOCUMENTS, keyed, serdes.documents().serialize(document));
                if (barrier.completes(marker)) {
                    // Whoever pushed waits for this.
                    context().commit();
                }
            }
            case Upsert upsert when isJava(change) -> parseTraced(change, upsert, keyed);
            case Delete delete when isJava(change) ->
                    forward(ParserTopology.DOCUMENTS, keyed, null);
            default -> metrics.countSkipped();
        }
    }

    private FileChange decode(byte @Nullable [] value) {
        if (value == null) {
            throw new TideScopeException(ErrorCode.CORRUPT, "the record has no value");
        }
        return serdes.changes().deserialize(ByteBuffer.wrap(value));
    }

    private static byte[] documentKey(FileChange change) {
        try {
            return new DocumentKey(change.getRepository(), change.getRef(), change.getPath())
                    .toBytes();
        } catch (TideScopeException e) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "the record names no document: " + e.getMessage(), e);
        }
    }

    private void parseTraced(FileChange change, Upsert upsert, Record<byte[], byte[]> keyed) {
        try (ActiveSpan span = tracing.beginPart(SPAN, SpanKind.CONSUMER)) {
            if (span.isRecorded()) {
                describe(span, change);
            }
            try {
                parse(change, upsert, keyed);
            } catch (RuntimeException | Error e) {
                span.fail(e.toString());
                throw e;
            }
        }
    }

    private void describe(ActiveSpan span, FileChange change) {
        span.set(Messaging.SYSTEM, Messaging.KAFKA)
                .set(Messaging.OPERATION, SPAN)
                .set(Messaging.REPOSITORY, change.getRepository())
                .set(Messaging.REF, change.getRef())
                .set(Messaging.REVISION, change.getCommit())
                .set(Messaging.PATH, change.getPath())
                .set(Messaging.OFFSET, offset())
                .set(Messaging.PARTITION, Integer.toString(context().taskId().partition()));
        context().recordMetadata().ifPresent(at -> span.set(Messaging.DESTINATION, at.topic()));
    }

    private void parse(FileChange change, Upsert upsert, Record<byte[], byte[]> keyed) {
        ParseResult result = parse(change.getPath(), upsert);
        DocumentRecord record = Documents.document(change, upsert, result);
        byte[] document = serdes.documents().serialize(record);
        if (document.length > MAX_DOCUMENT_BYTES) {
            document = serdes.documents().serialize(Documents.withoutIndex(record));
        }
        if (document.length > MAX_DOCUMENT_BYTES) {
            result =
                    FailedParse.withoutContent(
                            Unparseable.TOO_LARGE,
                            "source and tree take %d bytes, more than the %d of a record"
                                    .formatted(document.length, MAX_DOCUMENT_BYTES));
            metrics.countUnparseable(Unparseable.TOO_LARGE);
            document = serdes.documents().serialize(Documents.document(change, upsert, result));
        }
        forward(ParserTopology.DOCUMENTS, keyed, document);
        if (result instanceof Unparseable failed) {
            ParseFailure failure = Documents.failure(change, upsert, failed);
            forward(ParserTopology.FAILURES, keyed, serdes.failures().serialize(failure));
            if (failed.code().equals(FailedParse.TIMEOUT)) {
                // The next such file must not find the transaction already old.
                context().commit();
            }
        }
    }

    private ParseResult parse(String path, Upsert upsert) {
        ByteBuffer content = upsert.getContent();
        if (content == null) {
            metrics.countUnparseable(FailedParse.REJECTED);
            String reason = upsert.getRejection();
            return FailedParse.withoutContent(
                    FailedParse.REJECTED, reason == null ? "published without content" : reason);
        }
        byte[] bytes = new byte[content.remaining()];
        content.get(content.position(), bytes);
        long start = System.nanoTime();
        ParseResult result = workers.parse(upsert.getBlob(), bytes);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        metrics.count(path, bytes.length, result, took);
        return result;
    }

    /** Records that a change cannot be read, with what its key tells. */
    private void passOver(Record<byte[], byte[]> record, TideScopeException reason) {
        String place =
                context()
                        .recordMetadata()
                        .map(at -> "%s-%d@%d".formatted(at.topic(), at.partition(), at.offset()))
                        .orElse("unknown");
        log.atError()
                .addKeyValue("record", place)
                .addKeyValue("error_code", reason.code())
                .setCause(reason)
                .log("A file change cannot be read and is passed over");
        metrics.countUnparseable(FailedParse.UNDECODABLE);
        FileKey file = fileKey(record.key());
        ParseFailure failure =
                ParseFailure.newBuilder()
                        .setRepository(file.repository())
                        .setRef("")
                        .setPath(file.path())
                        .setSequence(0)
                        .setCommit("")
                        .setBlob("")
                        .setSize(record.value() == null ? 0 : record.value().length)
                        .setCode(FailedParse.UNDECODABLE)
                        .setMessage("record %s: %s".formatted(place, reason.getMessage()))
                        .build();
        forward(ParserTopology.FAILURES, record, serdes.failures().serialize(failure));
    }

    private static FileKey fileKey(byte @Nullable [] key) {
        try {
            return FileKey.read(key == null ? new byte[] {0} : key);
        } catch (TideScopeException e) {
            return new FileKey("", "");
        }
    }

    private void forward(String sink, Record<byte[], byte[]> record, byte @Nullable [] value) {
        int partition = context().taskId().partition();
        Headers headers = new Provenance(forwarded.topic(), offset()).toHeaders();
        TraceParent.header().ifPresent(headers::add);
        context()
                .forward(record.withValue(new Routed(partition, value)).withHeaders(headers), sink);
    }

    private long offset() {
        return context().recordMetadata().orElseThrow().offset();
    }

    private static boolean isJava(FileChange change) {
        return change.getPath().endsWith(".java");
    }

    private ProcessorContext<byte[], Routed> context() {
        if (context == null) {
            throw new IllegalStateException("not initialised");
        }
        return context;
    }
}
