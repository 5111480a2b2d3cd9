package io.tidescope.parser.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.stream.StreamFixture.Written;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Document;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseOutcome;
import io.tidescope.schemas.registry.SchemaRegistry;
import io.tidescope.testing.Corpus;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.SourceFile;
import io.tidescope.tree.SyntaxTree;

import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

class ParserNodeIT {
    private final StreamFixture fixture = new StreamFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatWasParsedOnceIsNotWrittenAgainWhenTheGroupIsSetBack() throws Exception {
        fixture.publish(
                List.of(
                        Changes.upsert("A.java", "1", "class A {}"),
                        Changes.upsert("A.java", "2", "class B {}")));
        try (ParserNode node = fixture.node()) {
            node.start();
            fixture.documentsUpTo(StreamFixture.PARTITIONS);
        }
        fixture.readAgain();
        fixture.publish(List.of(Changes.delete("A.java")));

        List<Written> written;
        try (ParserNode node = fixture.node()) {
            node.start();
            written = fixture.documentsUpTo(2 * StreamFixture.PARTITIONS);
        }

        assertThat(written.stream().filter(record -> !record.isMarker())).hasSize(3);
        assertThat(written.stream().filter(Written::isMarker))
                .hasSize(2 * StreamFixture.PARTITIONS);
    }

    @Test
    void realFilesBecomeDocumentsInTheirPartitionsBeforeTheirMarkers() {
        List<SourceFile> files = Corpus.open().sample(300);
        List<FileChange> changes = new ArrayList<>(upserts(files));
        changes.add(Changes.upsert("Empty.java", "empty", ""));
        changes.add(
                Changes.upsert(
                        "Nested.java",
                        "nested",
                        "class Nested { int x = "
                                + "(".repeat(10_000)
                                + "1"
                                + ")".repeat(10_000)
                                + "; }"));
        changes.add(Changes.upsert("Broken.java", "broken", "class Broken { void m( { } }"));
        changes.add(Changes.delete(files.getFirst().path()));
        fixture.publish(changes);

        List<Written> written;
        try (ParserNode node = fixture.node()) {
            node.start();
            written = fixture.documentsUpTo(StreamFixture.PARTITIONS);
        }

        Map<String, Document> documents = new HashMap<>();
        Map<Integer, Boolean> ended = new HashMap<>();
        for (Written record : written) {
            assertThat(ended).doesNotContainKey(record.partition());
            DocumentKey key = DocumentKey.read(record.key());
            if (record.isMarker()) {
                ended.put(record.partition(), true);
                continue;
            }
            assertThat(record.partition())
                    .isEqualTo(
                            DocumentPartitioner.partition(
                                    key.repository(), key.path(), StreamFixture.PARTITIONS));
            if (record.body() instanceof Document document) {
                documents.put(key.path(), document);
            } else {
                documents.remove(key.path());
            }
        }
        assertThat(written).hasSize(changes.size() + StreamFixture.PARTITIONS);
        assertThat(documents)
                .hasSize(changes.size() - 2)
                .doesNotContainKey(files.getFirst().path());
        assertThat(documents.remove("Broken.java"))
                .extracting(Document::getOutcome)
                .isEqualTo(ParseOutcome.PARSED_WITH_PROBLEMS);
        assertThat(documents.values())
                .allSatisfy(
                        document -> {
                            assertThat(document.getOutcome()).isEqualTo(ParseOutcome.PARSED);
                            assertThat(
                                            SyntaxTree.read(
                                                            document.getTree(),
                                                            document.getSource())
                                                    .nodeCount())
                                    .isPositive();
                        });
    }

    @Test
    void aKilledNodeLeavesNothingTwiceAndItsSuccessorGoesOnAtOnce() throws Exception {
        List<FileChange> changes = new ArrayList<>(upserts(Corpus.open().sample(200)));
        int half = changes.size() / 2;
        changes.add(half, Changes.upsert("Hold.java", "hold", "// " + HoldingParserNode.HOLD));
        fixture.publish(changes);

        Process process = startHolding();
        try {
            Eventually.until(
                    Duration.ofSeconds(60), "a transaction left open", this::transactionIsOpen);
        } finally {
            process.destroyForcibly().waitFor();
        }

        try (ParserNode node = fixture.node()) {
            node.start();
            // Far below the minutes that the dead node's transaction would have had left.
            List<Written> written = fixture.documentsUpTo(StreamFixture.PARTITIONS);
            assertThat(written.stream().filter(record -> !record.isMarker()))
                    .extracting(record -> DocumentKey.read(record.key()).path())
                    .containsExactlyInAnyOrderElementsOf(
                            changes.stream().map(FileChange::getPath).toList());
        }
    }

    @Test
    void recordsWhoseSchemaTheRegistryDoesNotGiveEndTheNodeAndComeAgain() {
        List<FileChange> changes = upserts(Corpus.open().sample(20));
        fixture.publish(changes);

        try (ParserNode node = fixture.node(new Forgetful(fixture.registry()))) {
            node.start();
            assertThat(node.failure().toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(90))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("the parser cannot go on: schema")
                    .withCauseInstanceOf(TideScopeException.class);
        }

        try (ParserNode node = fixture.node()) {
            node.start();
            assertThat(fixture.documentsUpTo(StreamFixture.PARTITIONS))
                    .hasSize(changes.size() + StreamFixture.PARTITIONS);
        }
    }

    /** A registry that lost what was registered. */
    private record Forgetful(SchemaRegistry registry) implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            return registry.register(subject, schema);
        }

        @Override
        public Schema read(int id) {
            throw new TideScopeException(ErrorCode.NOT_FOUND, "schema %d is lost".formatted(id));
        }
    }

    private boolean transactionIsOpen() {
        try {
            return !fixture.admin()
                    .listTransactions(
                            new ListTransactionsOptions()
                                    .filterStates(Set.of(TransactionState.ONGOING))
                                    .filterOnDuration(2_000))
                    .all()
                    .get()
                    .isEmpty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process startHolding() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldingParserNode.class.getName(),
                        fixture.connection().bootstrapServers(),
                        fixture.registry().uri().toString())
                .inheritIO()
                .start();
    }

    private static List<FileChange> upserts(List<SourceFile> files) {
        return files.stream()
                .map(
                        file ->
                                Changes.upsert(
                                        file.path(),
                                        file.path(),
                                        new String(file.content(), StandardCharsets.UTF_8)))
                .toList();
    }
}
