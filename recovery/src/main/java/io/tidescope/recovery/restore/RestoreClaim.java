package io.tidescope.recovery.restore;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * That a target is taken for a restore: offsets of a consumer group without members, one for each
 * partition, from before anything is written until all of it is.
 */
final class RestoreClaim {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration READABLE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Admin admin;
    private final Topics topics;
    private final long backup;
    private final String fingerprint;
    private final Namespace names;

    /**
     * @param admin stays the caller's to close
     * @param topics of the target
     * @param plan what is restored
     */
    RestoreClaim(Admin admin, Topics topics, RestorePlan plan) {
        this.admin = admin;
        this.topics = topics;
        backup = plan.chain().newest().id();
        fingerprint = plan.fingerprint();
        names = topics.names();
    }

    /**
     * Makes the topics and takes them, or goes on with what was taken for the same plan.
     *
     * @param producer with a transactional id that all restores into the target share: of two at
     *     once the first is fenced
     * @param group whose offsets are the claim
     * @throws TideScopeException PRECONDITION_FAILED when there is something in them, somebody
     *     works on them, or they are taken for another plan
     */
    void take(Producer<byte[], byte[]> producer, ConsumerGroupMetadata group)
            throws InterruptedException {
        producer.initTransactions();
        Map<TopicPartition, OffsetAndMetadata> taken = offsets();
        if (!taken.isEmpty()) {
            taken.values().forEach(this::requireOurs);
            return;
        }
        new TopicAdmin(admin).ensure(topics);
        requireIdle();
        requireEmpty();
        Map<TopicPartition, OffsetAndMetadata> claim = new HashMap<>();
        for (TopicPartition each : claimed()) {
            claim.put(each, new RestoreProgress(0, backup, fingerprint, false).toOffset());
        }
        producer.beginTransaction();
        producer.sendOffsetsToTransaction(claim, group);
        producer.commitTransaction();
    }

    /** Whoever was started before would write among what is restored. */
    private void requireIdle() throws InterruptedException {
        List<String> groups = List.of(names.parserApplication(), names.storeApplication());
        for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> group :
                admin.describeConsumerGroups(groups).describedGroups().entrySet()) {
            try {
                if (!await(group.getValue()).members().isEmpty()) {
                    throw new TideScopeException(
                            ErrorCode.PRECONDITION_FAILED,
                            "Parsers or stores of the target run (consumer group %s); stop them, and ingest, first."
                                    .formatted(group.getKey()));
                }
            } catch (TideScopeException e) {
                // A group that there is not has no members.
                if (!(reason(e) instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        }
    }

    private static @Nullable Throwable reason(TideScopeException e) {
        return e.getCause() == null ? null : e.getCause().getCause();
    }

    /**
     * Waits until what was committed can be read: a transaction is decided before its marks are in
     * every partition.
     *
     * @throws TideScopeException UNAVAILABLE when that takes more than a minute
     */
    void awaitReadable() throws InterruptedException {
        long deadline = System.nanoTime() + READABLE.toNanos();
        while (!ends(IsolationLevel.READ_COMMITTED).equals(ends(IsolationLevel.READ_UNCOMMITTED))) {
            if (System.nanoTime() - deadline > 0) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "Transactions in the target do not end: somebody else writes there, or did"
                                + " and was killed. Begin again in a quarter of an hour.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Map<TopicPartition, Long> ends(IsolationLevel isolation) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        topics.all()
                .forEach(
                        topic ->
                                partitions(topic.name(), topic.partitions())
                                        .forEach(each -> asked.put(each, OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        await(admin.listOffsets(asked, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private List<TopicPartition> claimed() {
        List<TopicPartition> all = partitions(names.fileChanges(), topics.partitions());
        all.add(new TopicPartition(names.repositories(), 0));
        return all;
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        return all;
    }

    private void requireEmpty() throws InterruptedException {
        List<String> filled =
                ends(IsolationLevel.READ_UNCOMMITTED).entrySet().stream()
                        .filter(end -> end.getValue() > 0)
                        .map(end -> end.getKey().topic())
                        .distinct()
                        .sorted()
                        .toList();
        if (!filled.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "There is something in %s already. A backup is restored where there is nothing: beside it with another topics.prefix, into another cluster, or after they were deleted."
                            .formatted(String.join(", ", filled)));
        }
    }

    private void requireOurs(OffsetAndMetadata offset) {
        RestoreProgress progress = Objects.requireNonNull(RestoreProgress.of(offset));
        if (!progress.fingerprint().equals(fingerprint)) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Another restore has begun here, of backup %d, and is not complete. Go on with that one: --backup %d, and --at and --repository as they were; or delete the topics and the consumer group %s, and begin anew."
                            .formatted(progress.backup(), progress.backup(), names.restore()));
        }
    }

    /**
     * How far a partition has come, once no transaction of it is under way.
     *
     * @throws TideScopeException PRECONDITION_FAILED when it is taken for another plan
     */
    RestoreProgress progress(TopicPartition partition) throws InterruptedException {
        OffsetAndMetadata offset =
                offsets(
                                new ListConsumerGroupOffsetsSpec()
                                        .topicPartitions(List.of(partition)),
                                true)
                        .get(partition);
        if (offset == null) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The restore was ended by another one, or its consumer group %s was deleted."
                            .formatted(names.restore()));
        }
        requireOurs(offset);
        return Objects.requireNonNull(RestoreProgress.of(offset));
    }

    /**
     * As they were committed; what a transaction that is under way will change is not looked at.
     */
    private Map<TopicPartition, OffsetAndMetadata> offsets() throws InterruptedException {
        return offsets(new ListConsumerGroupOffsetsSpec(), false);
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(
            ListConsumerGroupOffsetsSpec asked, boolean stable) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(
                                    Map.of(names.restore(), asked),
                                    new ListConsumerGroupOffsetsOptions().requireStable(stable))
                            .partitionsToOffsetAndMetadata(names.restore())
                            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            offsets.values().removeIf(Objects::isNull);
            return offsets;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw KafkaProblem.of("did not say whether a restore has begun", e);
        } catch (TimeoutException e) {
            throw KafkaProblem.of("did not say whether a restore has begun", e);
        }
    }

    /** The cluster's id of the log. */
    Uuid logId() throws InterruptedException {
        return await(admin.describeTopics(List.of(names.fileChanges())).allTopicNames())
                .values()
                .iterator()
                .next()
                .topicId();
    }

    /**
     * All is written: roles may start. Nothing happens where that was said before.
     *
     * @throws TideScopeException PRECONDITION_FAILED when it is taken for another plan by now
     */
    void release() throws InterruptedException {
        offsets().values().forEach(this::requireOurs);
        try {
            await(admin.deleteConsumerGroups(List.of(names.restore())).all());
        } catch (TideScopeException e) {
            if (!(reason(e) instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not do what a restore needs", e);
        }
    }
}
