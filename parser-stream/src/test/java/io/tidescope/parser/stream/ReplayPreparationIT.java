package io.tidescope.parser.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.parser.replay.IndexLook;
import io.tidescope.parser.replay.IndexTopics;
import io.tidescope.parser.replay.ReplayPlan;
import io.tidescope.parser.replay.ReplayPreparation;
import io.tidescope.parser.replay.ReplayStart;
import io.tidescope.parser.replay.Replayed;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Provenance;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An index prepared beside another one with a broker, and parsers that go on with it. */
@Timeout(180)
class ReplayPreparationIT {
    private static final String NEXT = "next";
    private static final ReplayStart BEGINNING = new ReplayStart.Beginning();
    private static final ReplayPreparation.Progress UNSEEN = (done, total) -> {};

    private final StreamFixture fixture = new StreamFixture();
    private final Topics topics = new Topics(StreamFixture.PARTITIONS);
    private final ReplayPreparation preparation =
            new ReplayPreparation(fixture.connection(), topics);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void fromTheBeginningParsersMakeEveryRecordOnceMore() throws Exception {
        publishTwice();

        ReplayPlan plan = preparation.prepare(BEGINNING, NEXT, UNSEEN);

        assertThat(plan.starts().values()).containsOnly(0L);
        assertThat(fixture.recordsUpTo(0, NEXT)).isEmpty();
        assertSameAfterParsing(2 * StreamFixture.PARTITIONS);
    }

    @Test
    void whatWasPublishedBeforeATimeIsCopiedAsItIsAndTheRestParsed() throws Exception {
        Instant between = publishTwice();

        ReplayPlan plan = preparation.prepare(new ReplayStart.Time(between), NEXT, new Growing());

        assertThat(plan.starts().values()).allSatisfy(start -> assertThat(start).isPositive());
        assertThat(texts(fixture.recordsUpTo(StreamFixture.PARTITIONS, NEXT)))
                .isEqualTo(
                        texts(
                                fixture.recordsUpTo(2 * StreamFixture.PARTITIONS, "").stream()
                                        .filter(
                                                record ->
                                                        change(record)
                                                                < start(plan, record.partition()))
                                        .toList()));
        assertSameAfterParsing(2 * StreamFixture.PARTITIONS);
    }

    @Test
    void whatTheLiveIndexHasNotComeToIsParsedThoughTheReplayBeginsBehindIt() throws Exception {
        publishTwice();
        fixture.publish(
                List.of(Changes.upsert("Late.java", "9", "class Late {}"), delete("A.java")));

        preparation.prepare(new ReplayStart.Offset(1_000_000), NEXT, UNSEEN);
        try (ParserNode node = fixture.nodeOf(NEXT)) {
            node.start();
            assertThat(paths(fixture.recordsUpTo(3 * StreamFixture.PARTITIONS, NEXT)))
                    .containsOnlyOnce("Late.java");
        }
    }

    @Test
    void ofPartitionsThatAreNotNamedNothingIsParsedAgain() throws Exception {
        publishTwice();

        ReplayPlan plan =
                preparation.prepare(
                        new ReplayStart.Offsets(new TreeMap<>(Map.of(1, 0L))), NEXT, UNSEEN);

        assertThat(plan.starts().get(1)).isZero();
        assertThat(fixture.recordsUpTo(2 * (StreamFixture.PARTITIONS - 1), NEXT))
                .noneMatch(record -> record.partition() == 1);
        assertSameAfterParsing(2 * StreamFixture.PARTITIONS);
    }

    @Test
    void anIndexThatIsPreparedIsNotBegunAgainUnlessItIsRemoved() throws Exception {
        publishTwice();
        preparation.prepare(BEGINNING, NEXT, UNSEEN);

        assertThatThrownBy(() -> preparation.prepare(BEGINNING, NEXT, UNSEEN))
                .hasMessageContaining("The index 'next' is prepared already");

        next().remove();
        preparation.prepare(BEGINNING, NEXT, UNSEEN);
        assertThat(next().isPrepared()).isTrue();
    }

    @Test
    void whatAPreparationLeftThatWasCutOffIsBegunAgain() throws Exception {
        publishTwice();
        Topics left = topics.withIndex(NEXT);
        new TopicAdmin(fixture.admin()).ensure(left.derived(), left.replication());
        send(left.names().documents(), "left");

        preparation.prepare(BEGINNING, NEXT, UNSEEN);

        assertSameAfterParsing(2 * StreamFixture.PARTITIONS);
    }

    @Test
    void anIndexThatParsersWorkOnIsNotRemoved() throws Exception {
        publishTwice();
        preparation.prepare(BEGINNING, NEXT, UNSEEN);
        try (ParserNode node = fixture.nodeOf(NEXT)) {
            node.start();
            fixture.recordsUpTo(2 * StreamFixture.PARTITIONS, NEXT);

            assertThatThrownBy(() -> next().remove())
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                    .hasMessageContaining("end them first");
            assertThat(fixture.recordsUpTo(2 * StreamFixture.PARTITIONS, NEXT)).isNotEmpty();
        }
    }

    @Test
    void recordsThatDoNotTellTheirChangeAreNotCopied() throws Exception {
        send(topics.names().documents(), "of an old version");
        publishTwice();

        assertThatThrownBy(() -> preparation.prepare(new ReplayStart.Offset(2), NEXT, UNSEEN))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining("documents-0 does not tell which change it is from");
        assertThat(next().isPrepared()).isFalse();

        preparation.prepare(BEGINNING, NEXT, UNSEEN);
        assertThat(next().isPrepared()).isTrue();
    }

    @Test
    void anIndexCoversTheOtherOnceItsParsersHaveComeAsFar() throws Exception {
        publishTwice();
        ReplayPlan plan = preparation.prepare(BEGINNING, NEXT, UNSEEN);

        try (IndexLook live = new IndexLook(fixture.connection(), StreamFixture.PARTITIONS);
                IndexLook next =
                        new IndexLook(
                                fixture.connection().withIndex(NEXT), StreamFixture.PARTITIONS)) {
            assertThat(next.extent().covers(live.extent())).isFalse();
            Replayed before = next.replayed(plan);
            assertThat(before.done()).isZero();
            assertThat(before.total()).isPositive();
            try (ParserNode node = fixture.nodeOf(NEXT)) {
                node.start();
                Eventually.until(
                        Duration.ofSeconds(60),
                        "the next index has come as far",
                        () -> covers(next, live));
            }
            assertThat(next.replayed(plan)).isEqualTo(new Replayed(before.total(), before.total()));
        }
    }

    private static boolean covers(IndexLook next, IndexLook live) {
        try {
            return next.extent().covers(live.extent());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two publishes that became documents; a time between them. */
    private Instant publishTwice() {
        try (ParserNode node = fixture.node()) {
            node.start();
            fixture.publish(
                    List.of(
                            Changes.upsert("A.java", "1", "class A {}"),
                            Changes.upsert("B.java", "2", "class B {}"),
                            Changes.upsert("Gone.java", "3", "class Gone {}"),
                            Changes.upsert("readme.md", "4", "# no Java")));
            fixture.recordsUpTo(StreamFixture.PARTITIONS, "");
            Instant between = Instant.now();
            Eventually.until(
                    Duration.ofSeconds(5),
                    "a later time",
                    () -> Instant.now().toEpochMilli() > between.toEpochMilli());
            fixture.publish(
                    List.of(
                            Changes.upsert("A.java", "5", "class A { int more; }"),
                            delete("Gone.java"),
                            Changes.upsert("Broken.java", "6", "class Broken { void m( { } }")));
            fixture.recordsUpTo(2 * StreamFixture.PARTITIONS, "");
            return between.plusMillis(1);
        }
    }

    private static FileChange delete(String path) {
        return Changes.delete(path);
    }

    /** Parsers go on with the index until it has so many markers, and it is what the other is. */
    private void assertSameAfterParsing(int markers) {
        try (ParserNode node = fixture.nodeOf(NEXT)) {
            node.start();
            assertThat(texts(fixture.recordsUpTo(markers, NEXT)))
                    .isEqualTo(texts(fixture.recordsUpTo(markers, "")));
        }
    }

    private IndexTopics next() {
        return new IndexTopics(fixture.admin(), topics.withIndex(NEXT));
    }

    private void send(String topic, String key) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        fixture.connection().clientProperties(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            byte[] bytes = new DocumentKey(key, "main", "A.java").toBytes();
            producer.send(new ProducerRecord<>(topic, 0, bytes, null));
        }
    }

    private static long start(ReplayPlan plan, int partition) {
        return plan.starts().getOrDefault(partition, -1L);
    }

    private static long change(ConsumerRecord<byte[], byte[]> record) {
        return Provenance.of(record.headers()).orElseThrow().offset();
    }

    private static List<String> paths(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> DocumentKey.read(record.key()).path()).toList();
    }

    /** By partition, in their order: key, headers and value. */
    private static Map<Integer, List<String>> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .collect(
                        Collectors.groupingBy(
                                ConsumerRecord::partition,
                                TreeMap::new,
                                Collectors.mapping(
                                        ReplayPreparationIT::text, Collectors.toList())));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        HexFormat hex = HexFormat.of();
        String headers =
                Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + "=" + hex.formatHex(header.value()))
                        .collect(Collectors.joining(","));
        return DocumentKey.read(record.key())
                + " "
                + headers
                + " "
                + (record.value() == null ? "gone" : hex.formatHex(record.value()));
    }

    /** Progress goes up to what there is. */
    private static final class Growing implements ReplayPreparation.Progress {
        private long last;

        @Override
        public void copied(long done, long total) {
            assertThat(done).isBetween(last, total);
            last = done;
        }
    }
}
