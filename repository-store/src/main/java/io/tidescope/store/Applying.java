package io.tidescope.store;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.trace.Messaging;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.rocks.DocumentStore;
import io.tidescope.store.rocks.StoreRecord;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the records of one partition as they come, several in a write.
 *
 * <p>Records wait for company until a revision marker comes, which is when somebody waits for them,
 * until there are enough of them, or for {@link #PATIENCE}. Those that wait when the partition is
 * lost or the process dies come again: the store knows its own position, whatever was committed.
 *
 * <p>Of a record that is part of a trace there is a span, from when it comes until a query sees it.
 * One that fails to be applied, and comes again, has none of the first time.
 */
final class Applying implements Processor<byte[], byte[], Void, Void> {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int ENOUGH_RECORDS = 256;
    private static final int ENOUGH_BYTES = 2 << 20;

    /** What spans are called: of documents, and of what says that a revision is complete. */
    private static final String SPAN = "apply";

    private static final String MARKER_SPAN = "apply revision";

    private final PartitionBoard board;
    private final Tracing tracing;
    private final List<StoreRecord> waiting = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private int waitingBytes;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable DocumentStore store;

    /**
     * @param board is told when the partition is applied here, and when no longer
     */
    Applying(PartitionBoard board, Tracing tracing) {
        this.board = board;
        this.tracing = tracing;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
        DocumentStore restored = processorContext.getStateStore(StoreTopology.STORE);
        restored.restored();
        store = restored;
        processorContext.schedule(
                PATIENCE,
                PunctuationType.WALL_CLOCK_TIME,
                unused -> {
                    applyWaiting();
                    restored.check();
                });
        board.applying(processorContext.taskId().partition(), true);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null) {
            throw new IllegalStateException("a record came before the store");
        }
        long offset = context.recordMetadata().orElseThrow().offset();
        if (tracing.isOn()) {
            trace(record, offset);
        }
        waiting.add(new StoreRecord(offset, record.key(), record.value()));
        waitingBytes += record.value() == null ? 0 : record.value().length;
        if (waiting.size() >= ENOUGH_RECORDS
                || waitingBytes >= ENOUGH_BYTES
                || DocumentKey.isMarker(record.key())) {
            applyWaiting();
        }
    }

    /** Nothing waits for a store that is opened again: it may have gone back behind it. */
    @Override
    public void close() {
        if (context != null) {
            board.applying(context.taskId().partition(), false);
        }
        applyWaiting();
        if (store != null) {
            store.suspended();
        }
    }

    private void applyWaiting() {
        if (store == null || waiting.isEmpty()) {
            return;
        }
        try {
            store.apply(waiting);
            if (!spans.isEmpty()) {
                List<Span> applied = List.copyOf(spans);
                store.whenApplied(() -> applied.forEach(Span::end));
            }
        } finally {
            waiting.clear();
            waitingBytes = 0;
            spans.clear();
        }
    }

    private void trace(Record<byte[], byte[]> record, long offset) {
        try (Scope _ = tracing.follow(record.headers(), record.timestamp())) {
            boolean marker = DocumentKey.isMarker(record.key());
            Span span = tracing.startPart(marker ? MARKER_SPAN : SPAN, SpanKind.CONSUMER);
            if (span != null) {
                describe(span, offset);
                spans.add(span);
            }
        }
    }

    private void describe(Span span, long offset) {
        span.setAttribute(Messaging.SYSTEM, Messaging.KAFKA);
        span.setAttribute(Messaging.OPERATION, SPAN);
        span.setAttribute(Messaging.OFFSET, offset);
        if (context != null) {
            span.setAttribute(Messaging.PARTITION, Integer.toString(context.taskId().partition()));
            context.recordMetadata()
                    .ifPresent(at -> span.setAttribute(Messaging.DESTINATION, at.topic()));
        }
    }
}
