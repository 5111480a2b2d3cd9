package io.tidescope.recovery.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.RefAhead;
import io.tidescope.recovery.archive.SegmentRef;
import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Drills on a real deployment, in its own cluster beside it. */
@Timeout(240)
class DrillIT {
    private static final String SHOP = "acme/shop";

    private static TestBroker broker;

    @TempDir private static Path directory;

    private final MemoryObjects objects = new MemoryObjects(InstantSource.system());
    private final Archive archive = new Archive(objects);

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aDrillOfASoundBackupPassesIsKeptAndLeavesNothingBehind() throws Exception {
        GitRepository shop = shop("sound");
        TestDeployment live = TestDeployment.published(broker, "sound.", SHOP, shop);
        Manifest full = live.backUp(archive);
        Set<String> before = names();

        DrillOutcome outcome = drill(live, full.id());

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.passed()).isTrue();
        assertThat(outcome.backup()).isEqualTo(full.id());
        assertThat(outcome.recoveryMillis()).isPositive();
        assertThat(outcome.pointMillis()).isEqualTo(outcome.begunAtMillis() - full.begunAtMillis());
        assertThat(outcome.refs()).isOne();
        assertThat(outcome.comparedFiles()).isEqualTo(3);
        assertThat(outcome.comparedDocuments()).isEqualTo(3);
        assertThat(outcome.refsAhead()).isZero();
        assertThat(archive.drills().all()).containsExactly(outcome);
        assertThat(new Archive(objects).drills().newestPassed()).contains(outcome);
        awaitNames(before);
    }

    @Test
    void whatLiveHasMoreOfIsTheRecoveryPointAndNoDifference() throws Exception {
        GitRepository shop = shop("ahead");
        TestDeployment live = TestDeployment.published(broker, "ahead.", SHOP, shop);
        Manifest full = live.backUp(archive);
        shop.write("A.java", "class A { int changed; }\n").delete("B.java").commit("second");
        live.publish(SHOP, shop);
        shop.write("D.java", "class D {}\n").commit("third");
        live.publish(SHOP, shop);
        live.parse();

        DrillOutcome outcome = drill(live, full.id());

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.passed()).isTrue();
        assertThat(outcome.ahead()).containsExactly(new RefAhead(SHOP, TestDeployment.MAIN, 2));
        assertThat(outcome.comparedFiles()).isEqualTo(3);
        assertThat(outcome.comparedDocuments()).isOne();
    }

    @Test
    void whatParsersHadNotComeToWhenItWasBackedUpIsNoDifference() throws Exception {
        GitRepository shop = shop("unparsed");
        TestDeployment live = TestDeployment.published(broker, "unparsed.", SHOP, shop);
        shop.write("A.java", "class A { int changed; }\n").delete("B.java").commit("second");
        live.publish(SHOP, shop);
        Manifest full = live.backUp(archive);
        live.parse();

        DrillOutcome outcome = drill(live, full.id());

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.passed()).isTrue();
        assertThat(outcome.comparedDocuments()).isOne();
    }

    @Test
    void aBackupWithADamagedObjectFailsNamingItAndNothingElseIsTouched() throws Exception {
        TestDeployment live = TestDeployment.published(broker, "damaged.", SHOP, shop("damaged"));
        Manifest full = live.backUp(archive);
        Set<String> before = names();
        String victim = full.segments().map(SegmentRef::name).findFirst().orElseThrow();
        byte[] content = objects.find(victim).orElseThrow();
        content[content.length / 2] ^= 1;
        objects.delete(victim);
        objects.create(victim, content);
        Map<String, List<ConsumerRecord<byte[], byte[]>>> records = records(live);

        DrillOutcome outcome = drill(live, full.id());

        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.recoveryMillis()).isNull();
        assertThat(outcome.problems()).singleElement().asString().contains(victim);
        assertThat(archive.drills().all()).containsExactly(outcome);
        assertThat(archive.drills().newestPassed()).isEmpty();
        awaitNames(before);
        assertThat(count(records(live))).isEqualTo(count(records));
    }

    @Test
    void aManifestThatIsLostOrDamagedIsNamed() throws Exception {
        TestDeployment live = TestDeployment.published(broker, "manifest.", SHOP, shop("manifest"));
        Manifest full = live.backUp(archive);
        String name = "backups/%010d".formatted(full.id());
        byte[] content = objects.find(name).orElseThrow();
        content[content.length / 2] ^= 1;
        objects.delete(name);
        objects.create(name, content);

        DrillOutcome outcome =
                drill(new Archive(objects), live, full.id(), scratch("manifest.scratch."));

        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.pointMillis()).isNull();
        assertThat(outcome.problems()).singleElement().asString().contains(name);
        assertThatThrownBy(() -> drill(live, 7))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("no backup 7");
        assertThat(archive.drills().all()).hasSize(1);
    }

    /** Behind the back of everybody: no change says so. */
    @Test
    void documentsOfTheLiveIndexThatAreNotWhatTheyShouldBeAreNamed() throws Exception {
        TestDeployment live = TestDeployment.published(broker, "altered.", SHOP, shop("altered"));
        Manifest full = live.backUp(archive);
        Map<String, ConsumerRecord<byte[], byte[]>> documents = documents(live);
        ConsumerRecord<byte[], byte[]> first = requireNonNull(documents.get("A.java"));
        ConsumerRecord<byte[], byte[]> second = requireNonNull(documents.get("B.java"));
        write(first, altered(first.value(), "class A"));
        write(second, null);

        DrillOutcome outcome = drill(live, full.id());

        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.recoveryMillis()).isPositive();
        assertThat(outcome.problems())
                .containsExactlyInAnyOrder(
                        "live has another document: acme/shop refs/heads/main A.java",
                        "live has no document: acme/shop refs/heads/main B.java");
        assertThat(outcome.problemCount()).isEqualTo(2);
    }

    @Test
    void aLiveDeploymentThatHasLostWhatTheBackupHasIsToldOnce() throws Exception {
        TestDeployment lost = TestDeployment.published(broker, "lost.", SHOP, shop("lost"));
        Manifest full = lost.backUp(archive);
        TestDeployment live = new TestDeployment(broker, "anew.").withTopics();

        DrillOutcome outcome = drill(live, full.id());

        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.problems())
                .containsExactly("live has not publish 1: acme/shop refs/heads/main");
    }

    @Test
    void topicsThatAreThereAreNoScratch() throws Exception {
        TestDeployment live = TestDeployment.published(broker, "taken.", SHOP, shop("taken"));
        Manifest full = live.backUp(archive);
        Set<String> before = names();

        assertThatThrownBy(() -> drill(archive, live, full.id(), scratch("taken.")))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("taken.file-changes")
                .hasMessageContaining("another prefix");

        awaitNames(before);
        assertThat(archive.drills().all()).isEmpty();
    }

    @Test
    void aDrillThatIsStoppedLeavesNothingBehindAndSaysNothingOfTheBackup() throws Exception {
        TestDeployment live = TestDeployment.published(broker, "stopped.", SHOP, shop("stopped"));
        Manifest full = live.backUp(archive);
        Set<String> before = names();
        long[] asked = {0};
        // Once what is checked first has been read, and the topics are there.
        BooleanSupplier allowed = () -> names().equals(before) || asked[0]++ < 1;

        assertThatThrownBy(
                        () ->
                                new Drill(
                                                archive,
                                                live.target(),
                                                DrillIT::tree,
                                                1,
                                                InstantSource.system(),
                                                new Random(1),
                                                allowed)
                                        .run(full.id(), scratch("stopped.scratch.")))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("Stopped")
                .hasNoSuppressedExceptions();

        awaitNames(before);
        assertThat(archive.drills().all()).isEmpty();
    }

    private static byte[] tree(byte[] source) {
        return new JavaSourceParser().parse(source) instanceof Parsed parsed
                ? parsed.tree().toBytes()
                : new byte[0];
    }

    private DrillOutcome drill(TestDeployment live, long backup) throws InterruptedException {
        return drill(archive, live, backup, scratch(live.kafka().names().prefix() + "scratch."));
    }

    private static DrillOutcome drill(
            Archive archive, TestDeployment live, long backup, Scratch scratch)
            throws InterruptedException {
        return new Drill(
                        archive,
                        live.target(),
                        DrillIT::tree,
                        2,
                        InstantSource.system(),
                        new Random(1),
                        () -> true)
                .run(backup, scratch);
    }

    private static Scratch scratch(String prefix) {
        return new ScratchTopics(
                new KafkaConnection(
                        broker.connection().bootstrapServers(), Map.of(), new Namespace(prefix)),
                Replication.BROKERS_DEFAULT);
    }

    private static GitRepository shop(String name) {
        GitRepository git = GitRepository.create(directory.resolve(name));
        git.write("A.java", "class A {}\n")
                .write("B.java", "class B {}\n")
                .write("C.java", "class C {}\n")
                .commit("first");
        return git;
    }

    /** What was deleted a broker may list for a moment. */
    private static void awaitNames(Set<String> expected) {
        Eventually.until(
                Duration.ofSeconds(30),
                "topics and groups are those of before",
                () -> names().equals(expected));
    }

    /** Of all topics and consumer groups in the cluster. */
    private static Set<String> names() {
        try (Admin admin = Admin.create(broker.connection().clientProperties())) {
            Set<String> names = new TreeSet<>(admin.listTopics().names().get());
            admin.listGroups().all().get().stream().map(GroupListing::groupId).forEach(names::add);
            return names;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> documents(TestDeployment of) {
        Map<String, ConsumerRecord<byte[], byte[]>> documents = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each :
                requireNonNull(records(of).get(of.kafka().names().documents()))) {
            if (!DocumentKey.isMarker(each.key())) {
                documents.put(DocumentKey.read(each.key()).path(), each);
            }
        }
        return documents;
    }

    private static Map<String, List<ConsumerRecord<byte[], byte[]>>> records(TestDeployment of) {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> all = new HashMap<>();
        Map<String, Object> properties = of.kafka().clientProperties();
        properties.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (var topic : of.topics().all()) {
                List<TopicPartition> partitions =
                        consumer.partitionsFor(topic.name()).stream()
                                .map(each -> new TopicPartition(each.topic(), each.partition()))
                                .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
                while (partitions.stream()
                        .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                    consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                }
                all.put(topic.name(), found);
            }
        }
        return all;
    }

    private static Map<String, Integer> count(
            Map<String, List<ConsumerRecord<byte[], byte[]>>> records) {
        Map<String, Integer> counts = new HashMap<>();
        records.forEach((topic, each) -> counts.put(topic, each.size()));
        return counts;
    }

    /** The same in another letter, somewhere in what a text is found in. */
    private static byte[] altered(byte[] value, String text) {
        byte[] copy = value.clone();
        int at = new String(copy, StandardCharsets.ISO_8859_1).indexOf(text);
        copy[at] = 'C';
        return copy;
    }

    private static void write(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] value)
            throws Exception {
        Map<String, Object> properties = broker.connection().clientProperties();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    record.topic(), record.partition(), record.key(), value))
                    .get();
        }
    }
}
