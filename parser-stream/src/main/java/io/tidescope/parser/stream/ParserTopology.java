package io.tidescope.parser.stream;

import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.trace.Tracing;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The stream: {@code file-changes} → parse → {@code documents} and {@code parse-failures}, each
 * record to the partition number it came from, so order per document, and of documents before their
 * marker, is the log's.
 */
final class ParserTopology {
    static final String DOCUMENTS = "documents-sink";
    static final String FAILURES = "failures-sink";

    private static final String CHANGES = "changes-source";
    private static final String PARSE = "parse";

    private ParserTopology() {}

    static Topology build(
            Namespace names,
            EventSerdes serdes,
            ParseWorkers workers,
            ParserMetrics metrics,
            Forwarded forwarded,
            Tracing tracing) {
        ThreadLocal<RevisionBarrier> barriers = ThreadLocal.withInitial(RevisionBarrier::new);
        return new Topology()
                .addSource(
                        CHANGES,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        names.fileChanges())
                .addProcessor(
                        PARSE,
                        () ->
                                new FileChangeProcessor(
                                        serdes,
                                        workers,
                                        metrics,
                                        barriers.get(),
                                        forwarded,
                                        tracing),
                        CHANGES)
                .addSink(
                        DOCUMENTS,
                        names.documents(),
                        new ByteArraySerializer(),
                        Routed.SERIALIZER,
                        Routed.PARTITIONER,
                        PARSE)
                .addSink(
                        FAILURES,
                        names.parseFailures(),
                        new ByteArraySerializer(),
                        Routed.SERIALIZER,
                        Routed.PARTITIONER,
                        PARSE);
    }
}
