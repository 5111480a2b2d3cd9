package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The topics of a deployment that are backed up, as they are in the cluster.
 *
 * @param cluster the cluster's id
 * @param prefix what their names begin with
 * @param all each of them
 */
record DurableTopics(String cluster, String prefix, List<DurableTopic> all) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String COMPACTION_LAG = "min.compaction.lag.ms";

    DurableTopics {
        all = List.copyOf(all);
    }

    /**
     * Asks the cluster.
     *
     * @throws TideScopeException UNAVAILABLE when it does not answer in 30 seconds,
     *     PRECONDITION_FAILED when a topic is not there
     */
    static DurableTopics describe(Admin admin, Topics topics) {
        List<String> names = topics.all().stream().map(Topic::name).toList();
        Map<String, TopicDescription> found = await(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs =
                await(
                        admin.describeConfigs(names.stream().map(DurableTopics::resource).toList())
                                .all());
        Map<String, String> archived = archivedNames(topics);
        List<DurableTopic> all =
                topics.all().stream()
                        .map(
                                topic -> {
                                    TopicDescription description = found.get(topic.name());
                                    if (description == null) {
                                        throw new TideScopeException(
                                                ErrorCode.PRECONDITION_FAILED,
                                                "topic %s is missing".formatted(topic.name()));
                                    }
                                    return new DurableTopic(
                                            Objects.requireNonNull(archived.get(topic.name())),
                                            topic.name(),
                                            description.topicId().toString(),
                                            description.partitions().size(),
                                            settings(topic, configs.get(resource(topic.name()))));
                                })
                        .toList();
        return new DurableTopics(
                await(admin.describeCluster().clusterId()), topics.names().prefix(), all);
    }

    /** Whichever prefix and index the deployment has. */
    private static Map<String, String> archivedNames(Topics topics) {
        return Map.of(
                topics.fileChanges().name(), Archive.LOG,
                topics.documents().name(), Archive.DOCUMENTS,
                topics.parseFailures().name(), Archive.FAILURES,
                topics.repositories().name(), Archive.REPOSITORIES);
    }

    private static Map<String, String> settings(Topic topic, @Nullable Config config) {
        Map<String, String> settings = new TreeMap<>(topic.settings());
        if (config != null) {
            settings.replaceAll(
                    (name, value) -> config.get(name) == null ? value : config.get(name).value());
        }
        return settings;
    }

    private static ConfigResource resource(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not say what topics there are", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaProblem.of("did not say what topics there are", e);
        }
    }

    /** The log itself. */
    DurableTopic log() {
        return all.getFirst();
    }

    /** The topic of a partition. */
    DurableTopic topic(TopicPartition partition) {
        return all.stream()
                .filter(topic -> topic.name().equals(partition.topic()))
                .findFirst()
                .orElseThrow();
    }

    /** What each partition is called in archives. */
    Map<TopicPartition, ArchivedPartition> partitions() {
        Map<TopicPartition, ArchivedPartition> partitions = new HashMap<>();
        for (DurableTopic topic : all) {
            topic.all().forEach(each -> partitions.put(each, topic.archived(each)));
        }
        return partitions;
    }

    /**
     * For how long at least every version of a document stays on the cluster, whatever came after
     * it: what is read within that time is complete.
     */
    Duration uncompacted() {
        return all.stream()
                .map(topic -> topic.settings().get(COMPACTION_LAG))
                .filter(Objects::nonNull)
                .map(lag -> Duration.ofMillis(Long.parseLong(lag)))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
