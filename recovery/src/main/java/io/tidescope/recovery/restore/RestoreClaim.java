package io.tidescope.recovery.restore;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * That a target is taken for a restore: offsets of a consumer group without members, one for each
 * partition, from before anything is written until all of it is.
 */
final class RestoreClaim {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final Topics topics;
    private final String fingerprint;
    private final Namespace names;

    /**
     * @param admin stays the caller's to close
     * @param topics of the target
     * @param fingerprint of the plan
     */
    RestoreClaim(Admin admin, Topics topics, String fingerprint) {
        this.admin = admin;
        this.topics = topics;
        this.fingerprint = fingerprint;
        names = topics.names();
    }

    /**
     * Makes the topics and takes them, or goes on with what was taken for the same plan.
     *
     * @throws TideScopeException PRECONDITION_FAILED when there is something in them, or they are
     *     taken for another plan
     */
    void take() throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> taken = offsets();
        if (!taken.isEmpty()) {
            taken.values().forEach(this::requireOurs);
            return;
        }
        new TopicAdmin(admin).ensure(topics);
        requireEmpty();
        Map<TopicPartition, OffsetAndMetadata> claim = new HashMap<>();
        for (TopicPartition each : claimed()) {
            claim.put(each, new RestoreProgress(0, fingerprint, false).toOffset());
        }
        await(admin.alterConsumerGroupOffsets(names.restore(), claim).all());
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
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        topics.all()
                .forEach(
                        topic ->
                                partitions(topic.name(), topic.partitions())
                                        .forEach(each -> asked.put(each, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends = await(admin.listOffsets(asked).all());
        List<String> filled =
                ends.entrySet().stream()
                        .filter(end -> end.getValue().offset() > 0)
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
                    "Another restore has begun here and is not complete. Go on with that one, with the same backup, time and repositories; or delete the topics and the consumer group %s, and begin anew."
                            .formatted(names.restore()));
        }
    }

    /**
     * How far a partition has come.
     *
     * @throws TideScopeException PRECONDITION_FAILED when it is taken for another plan
     */
    RestoreProgress progress(TopicPartition partition) throws InterruptedException {
        OffsetAndMetadata offset = offsets().get(partition);
        if (offset == null) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The restore was ended by another one, or its consumer group %s was deleted."
                            .formatted(names.restore()));
        }
        requireOurs(offset);
        return Objects.requireNonNull(RestoreProgress.of(offset));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(names.restore())
                            .partitionsToOffsetAndMetadata()
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

    /** All is written: roles may start. */
    void release() throws InterruptedException {
        await(admin.deleteConsumerGroups(List.of(names.restore())).all());
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not do what a restore needs", e);
        }
    }
}
