package io.tidescope.recovery.emergency;

import io.tidescope.recovery.restore.WriterFence;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicIdException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Deletes what there is of a deployment: topics by their ids, so that one of the same name that was
 * made since is never meant, and the offsets that parsers, stores and a restore have in them.
 *
 * <p>Killed on the way, it is begun again. Stores notice by themselves that what they keep on their
 * disks is of another topic, and build it anew.
 */
final class Clearing {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Admin admin;
    private final ClusterSurvey survey;
    private final Turn turn;
    private final Namespace names;

    Clearing(Admin admin, ClusterSurvey survey, Turn turn, Namespace names) {
        this.admin = admin;
        this.survey = survey;
        this.turn = turn;
        this.names = names;
    }

    /**
     * Returns once no broker has anything of them any more.
     *
     * @param agreed ids by names of the topics that may be deleted
     * @throws TideScopeException PRECONDITION_FAILED when there are others of the deployment, or
     *     somebody works on it, and no topic more was deleted then; UNAVAILABLE when the cluster
     *     does not answer, or they are not gone in time
     */
    void run(SortedMap<String, String> agreed) throws InterruptedException {
        SortedMap<String, String> there = survey.topics();
        requireAgreed(agreed, there);
        new RolesAtWork(admin, names).requireNobody();
        turn.requireHeld();
        // A restore that is under way elsewhere would write on, and so would an ingest that
        // publishes nothing at the moment, from what it knows of what is gone.
        WriterFence.fence(
                admin,
                id -> id.startsWith(names.restore() + "-") || id.startsWith(names.publisher("")));
        for (KafkaFuture<Void> deleted :
                admin.deleteConsumerGroups(
                                List.of(names.parserApplication(), names.storeApplication()))
                        .deletedGroups()
                        .values()) {
            Answer.unless(GroupIdNotFoundException.class, deleted);
        }
        turn.requireHeld();
        List<Uuid> ids = there.values().stream().map(Uuid::fromString).toList();
        for (KafkaFuture<Void> deleted :
                admin.deleteTopics(TopicCollection.ofTopicIds(ids)).topicIdValues().values()) {
            Answer.unless(UnknownTopicIdException.class, deleted);
        }
        awaitGone(agreed);
        // Last: where a restore was half done it keeps roles from what it had written.
        Answer.unless(
                GroupIdNotFoundException.class,
                admin.deleteConsumerGroups(List.of(names.restore())).all());
    }

    private static void requireAgreed(
            SortedMap<String, String> agreed, SortedMap<String, String> there) {
        List<String> others =
                there.entrySet().stream()
                        .filter(topic -> !topic.getValue().equals(agreed.get(topic.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
        if (!others.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "%s: made since somebody agreed to what is deleted. Look again what would be done, and give the new code."
                            .formatted(String.join(", ", others)));
        }
    }

    /** A topic is deleted before every broker knows it, and one made too soon is the old one. */
    private void awaitGone(SortedMap<String, String> gone) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        SortedMap<String, String> there = survey.topics();
        while (!there.isEmpty() || isOnDisks(gone.keySet())) {
            // Whoever has come back and made them anew does not go by waiting.
            requireAgreed(gone, there);
            if (System.nanoTime() - deadline > 0) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "Topics are not gone after %d seconds: %s. The same command goes on with it."
                                .formatted(LIMIT.toSeconds(), String.join(", ", gone.keySet())));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            there = survey.topics();
        }
    }

    private boolean isOnDisks(Set<String> gone) throws InterruptedException {
        List<Integer> brokers =
                Answer.of(admin.describeCluster().nodes()).stream().map(Node::id).toList();
        Set<String> there =
                Answer.of(admin.describeLogDirs(brokers).allDescriptions()).values().stream()
                        .flatMap(disks -> disks.values().stream())
                        .map(LogDirDescription::replicaInfos)
                        .flatMap(replicas -> replicas.keySet().stream())
                        .map(TopicPartition::topic)
                        .collect(Collectors.toSet());
        return gone.stream().anyMatch(there::contains);
    }
}
