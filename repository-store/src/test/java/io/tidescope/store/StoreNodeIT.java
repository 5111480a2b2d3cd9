package io.tidescope.store;

import static io.tidescope.store.StoreNodeRig.PARTITIONS;
import static io.tidescope.store.StoreNodeRig.PATIENCE;
import static io.tidescope.store.StoreNodeRig.REF;
import static io.tidescope.store.StoreNodeRig.REPOSITORY;
import static io.tidescope.store.StoreNodeRig.all;
import static io.tidescope.store.StoreNodeRig.await;
import static io.tidescope.store.StoreNodeRig.awaitReady;
import static io.tidescope.store.StoreNodeRig.awaitRevision;
import static io.tidescope.store.StoreNodeRig.names;
import static io.tidescope.store.StoreNodeRig.namesIn;
import static io.tidescope.store.StoreNodeRig.ready;
import static io.tidescope.store.StoreNodeRig.soon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.Maintenance.Phase;
import io.tidescope.store.query.Maintenance.Task;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.PartitionBound;
import io.tidescope.store.query.PartitionReply;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.StoreClient;
import io.tidescope.testing.ScratchDirectory;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store node on a real broker: applying, asking, coming back. */
@Timeout(180)
class StoreNodeIT {
    private StoreNodeRig rig;

    @BeforeEach
    void startBroker() throws Exception {
        rig = new StoreNodeRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void appliesWhatIsPublishedAndRestoresOnlyWhatItHasNotWhenItComesBack() {
        try (StoreNode node = rig.started()) {
            rig.publish(0, 30, 1);
            awaitRevision(node, 1);
            assertThat(namesIn(node)).isEqualTo(names(0, 30));
        }
        try (StoreNode node = rig.started()) {
            awaitReady(node);
            assertThat(namesIn(node)).isEqualTo(names(0, 30));
            assertThat(rig.records("restored")).isZero();
            assertThat(rig.records("applied")).isZero();
            assertThat(node.nodeClient().inspect(soon()).freshness()).isNull();
            rig.publish(30, 40, 2);
            awaitRevision(node, 2);
            assertThat(namesIn(node)).isEqualTo(names(0, 40));
            assertTellsHowItDoes(node.nodeClient().inspect(soon()));
        }
        assertThat(rig.records("applied")).isEqualTo(10 + PARTITIONS);
    }

    private static void assertTellsHowItDoes(NodeInspection inspection) {
        assertThat(Objects.requireNonNull(inspection.freshness()).count()).isEqualTo(PARTITIONS);
        assertThat(inspection.caches())
                .extracting(NodeInspection.CacheUse::name)
                .containsExactly("trees", "blocks");
        assertThat(inspection.caches().getLast().hits()).isPositive();
        assertThat(inspection.writeBufferBytes()).isBetween(1L, inspection.maxWriteBufferBytes());
        assertThat(inspection.partitions())
                .hasSize(PARTITIONS)
                .allSatisfy(
                        each -> {
                            assertThat(each.state()).isEqualTo(NodeStatus.State.ACTIVE);
                            assertThat(each.standing().position()).isGreaterThan(each.from());
                        });
    }

    @Test
    void aLostStateDirectoryIsRestoredFromTheTopic() {
        try (StoreNode node = rig.started()) {
            rig.publish(0, 30, 1);
            awaitRevision(node, 1);
        }
        rig.loseState();
        try (StoreNode node = rig.started()) {
            awaitReady(node);
            assertThat(rig.records("restored")).isEqualTo(30 + PARTITIONS);
            assertThat(namesIn(node)).isEqualTo(names(0, 30));
        }
    }

    @Test
    void itIsRebuiltFromTheTopicWithWhatWasAbortedAndIsPublishedMeanwhile() throws Exception {
        try (StoreNode node = rig.started()) {
            rig.publish(0, 30, 1);
            awaitRevision(node, 1);
            rig.abort("Aborted");
            rig.publish(10, 20, 2);
            awaitRevision(node, 2);

            node.nodeClient().ask(new MaintainPartition(Task.REBUILD, soon()), everyPartition());
            rig.publish(30, 40, 3);
            awaitRevision(node, 3);
            await(() -> phases(node).stream().noneMatch(GOING_ON::contains));

            assertThat(phases(node)).containsOnly(Phase.DONE);
            assertThat(namesIn(node)).isEqualTo(names(0, 40));
            rig.publish(40, 50, 4);
            awaitRevision(node, 4);
            assertThat(namesIn(node)).isEqualTo(names(0, 50));
        }
        try (StoreNode node = rig.started()) {
            awaitReady(node);
            assertThat(rig.records("restored")).isZero();
            assertThat(namesIn(node)).isEqualTo(names(0, 50));
        }
    }

    private static final Set<Phase> GOING_ON = Set.of(Phase.WAITING, Phase.RUNNING);

    private static List<Phase> phases(StoreNode node) {
        return node
                .nodeClient()
                .ask(new MaintainPartition(null, soon()), everyPartition())
                .values()
                .stream()
                .map(reply -> ((PartitionReply.Answered<Maintenance>) reply).answer().phase())
                .toList();
    }

    private static Map<Integer, PartitionBound> everyPartition() {
        return all().stream()
                .collect(Collectors.toMap(Function.identity(), it -> PartitionBound.ANY));
    }

    @Test
    void aCopyOfTheStateAsAHaltLeavesItCatchesUpWithTheTail() throws IOException {
        try (ScratchDirectory halted = ScratchDirectory.create("tidescope-halted")) {
            try (StoreNode node = rig.started()) {
                rig.publish(0, 30, 1);
                awaitRevision(node, 1);
            }
            copy(rig.state(), halted.path());
            try (StoreNode node = rig.started()) {
                rig.publish(30, 50, 2);
                awaitRevision(node, 2);
            }
            rig.loseState();
            copy(halted.path(), rig.state());
        }
        try (StoreNode node = rig.started()) {
            awaitReady(node);
            assertThat(rig.records("restored")).isEqualTo(20 + PARTITIONS);
            assertThat(namesIn(node)).isEqualTo(names(0, 50));
        }
    }

    @Test
    void partitionsThatAreNotReadyAreMissingWithAReason() {
        try (StoreNode node = rig.started()) {
            StoreClient client = node.client();
            // Whatever the moment, every partition is accounted for.
            while (!ready(node)) {
                var answers = client.ask(new ReadStatistics(soon()), all());
                assertThat(
                                Stream.concat(
                                        answers.byPartition().keySet().stream(),
                                        answers.missing().keySet().stream()))
                        .containsExactlyInAnyOrderElementsOf(all());
                assertThat(answers.missing().values()).allMatch(reason -> !reason.isBlank());
            }
            assertThat(client.ask(new ReadStatistics(soon()), all()).complete()).isTrue();
            var elsewhere = client.ask(new ReadStatistics(soon()), Set.of(PARTITIONS + 1));
            assertThat(elsewhere.missing()).containsOnlyKeys(PARTITIONS + 1);
        }
    }

    @Test
    void uncommittedRecordsAreNotSeen() {
        try (StoreNode node = rig.started();
                KafkaProducer<byte[], byte[]> producer = rig.producer()) {
            producer.beginTransaction();
            producer.send(rig.record("Aborted"));
            producer.flush();
            producer.abortTransaction();
            rig.publish(0, 3, 1);
            awaitRevision(node, 1);
            assertThat(namesIn(node)).isEqualTo(names(0, 3));
        }
    }

    @Test
    void aRecordThatNoThreadGetsPastEndsTheNodeWithTheReason() {
        try (KafkaProducer<byte[], byte[]> producer = rig.producer()) {
            producer.beginTransaction();
            byte[] ofUnknownSchema = {0, 0, 0, 3, (byte) 0xE7, 1};
            producer.send(
                    new ProducerRecord<>(
                            Namespace.NONE.documents(),
                            1,
                            new DocumentKey(REPOSITORY, REF, "A.java").toBytes(),
                            ofUnknownSchema));
            producer.commitTransaction();
        }
        try (StoreNode node = rig.started()) {
            assertThat(node.failure().toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(TideScopeException.class)
                    .withMessageContaining("the store cannot go on: there is no schema 999");
            await(() -> node.health() == StoreHealth.FAILED);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(
                    file -> {
                        try {
                            Path target = to.resolve(from.relativize(file).toString());
                            if (!Files.exists(target)) {
                                Files.copy(file, target);
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }
}
