package io.tidescope.schemas;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Creates the topics of a deployment and holds those that are there against the design. */
public final class TopicAdmin {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Ends the name of a topic that is only asked about. */
    private static final String PROBE = "-probe";

    private static final String TRANSACTIONS = "transaction.version";

    /** From version 2 on, the broker closes the holes that let a transaction hang or tear. */
    private static final short OLDEST_TRANSACTIONS = 2;

    private final Admin admin;

    /**
     * @param admin stays the caller's to close
     */
    public TopicAdmin(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates what is missing and checks the rest; at the end every topic is known to the broker.
     * Changes nothing that is there.
     *
     * @throws TideScopeException PRECONDITION_FAILED naming everything that does not fit, or when a
     *     restore into them is not complete; INVALID_ARGUMENT when there are not as many brokers as
     *     replicas, UNAVAILABLE when the broker does not answer in 30 seconds
     */
    public void ensure(Topics topics) {
        requireRestored(topics.names());
        ensure(topics.all(), topics.replication());
    }

    /**
     * Makes sure that no restore into the topics has begun and is not complete: what is half
     * restored must not be gone on with as if it were all.
     *
     * @throws TideScopeException PRECONDITION_FAILED when there is one; UNAVAILABLE
     */
    public void requireRestored(Namespace names) {
        Map<TopicPartition, OffsetAndMetadata> progress =
                awaitUnless(
                        GroupIdNotFoundException.class,
                        admin.listConsumerGroupOffsets(names.restore())
                                .partitionsToOffsetAndMetadata());
        if (progress != null && !progress.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "a backup is being restored into these topics, or that was begun and is not complete (consumer group %s): let it end, or begin it again, which goes on with it"
                            .formatted(names.restore()));
        }
    }

    /** The same for some topics. */
    public void ensure(List<Topic> topics, Replication replication) {
        List<Topic> missing = new ArrayList<>();
        refuse(mismatches(topics, replication, missing));
        create(missing, replication);
        awaitKnown(missing);
    }

    /**
     * Checks that every topic is there and fits.
     *
     * @throws TideScopeException PRECONDITION_FAILED naming everything that is missing or does not
     *     fit, or when a restore into them is not complete; UNAVAILABLE when the broker does not
     *     answer in 30 seconds
     */
    public void require(Topics topics) {
        requireRestored(topics.names());
        List<Topic> missing = new ArrayList<>();
        List<String> mismatches = mismatches(topics.all(), topics.replication(), missing);
        for (Topic topic : missing) {
            mismatches.add(
                    "topic %s is missing; start the ingest role, which creates it, or run: tidescope topics create --config FILE"
                            .formatted(topic.name()));
        }
        refuse(mismatches);
    }

    /**
     * Makes sure that topics like these could be created, whether or not they are there: as many
     * replicas, and what is configured of each. Creates nothing.
     *
     * @throws TideScopeException INVALID_ARGUMENT when there are not as many brokers as replicas;
     *     PRECONDITION_FAILED when that is not allowed; UNAVAILABLE
     */
    public void requireCreatable(Topics topics) {
        List<NewTopic> probes =
                topics.all().stream()
                        .map(topic -> described(topic, topic.name() + PROBE, topics.replication()))
                        .toList();
        admin.createTopics(probes, new CreateTopicsOptions().validateOnly(true))
                .values()
                .values()
                .forEach(future -> awaitCreated(future, topics.replication()));
    }

    private List<String> mismatches(
            List<Topic> wanted, Replication replication, List<Topic> missing) {
        Map<String, TopicDescription> found = describe(wanted);
        List<Topic> present = new ArrayList<>();
        for (Topic topic : wanted) {
            (found.containsKey(topic.name()) ? present : missing).add(topic);
        }
        List<String> mismatches = new ArrayList<>();
        checkTransactions(mismatches);
        for (Topic topic : present) {
            check(topic, replication, found.get(topic.name()), mismatches);
        }
        checkSettings(present, mismatches);
        return mismatches;
    }

    private static void refuse(List<String> mismatches) {
        if (!mismatches.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "the cluster does not fit:\n  " + String.join("\n  ", mismatches));
        }
    }

    private Map<String, TopicDescription> describe(List<Topic> topics) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(topics.stream().map(Topic::name).toList())
                .topicNameValues()
                .forEach(
                        (name, future) -> {
                            TopicDescription description =
                                    awaitUnless(UnknownTopicOrPartitionException.class, future);
                            if (description != null) {
                                found.put(name, description);
                            }
                        });
        return found;
    }

    private void checkTransactions(List<String> mismatches) {
        FinalizedVersionRange version =
                await(admin.describeFeatures().featureMetadata())
                        .finalizedFeatures()
                        .get(TRANSACTIONS);
        int found = version == null ? 0 : version.maxVersionLevel();
        if (found < OLDEST_TRANSACTIONS) {
            mismatches.add(
                    "feature %s is %d, expected at least %d; run: kafka-features.sh upgrade --feature %s=%d"
                            .formatted(
                                    TRANSACTIONS,
                                    found,
                                    OLDEST_TRANSACTIONS,
                                    TRANSACTIONS,
                                    OLDEST_TRANSACTIONS));
        }
    }

    private static void check(
            Topic topic,
            Replication replication,
            @Nullable TopicDescription description,
            List<String> mismatches) {
        List<TopicPartitionInfo> found = description == null ? List.of() : description.partitions();
        if (found.size() != topic.partitions()) {
            mismatches.add(
                    "topic %s has %d partitions, expected %d; set the number of partitions to %d, or start with empty topics"
                            .formatted(
                                    topic.name(), found.size(), topic.partitions(), found.size()));
        }
        int replicas = found.stream().mapToInt(each -> each.replicas().size()).min().orElse(0);
        if (replication.hasReplicas() && replicas != replication.replicas()) {
            mismatches.add(
                    "topic %s has a replication of %d, expected %d; set the replication to %d, or run: kafka-reassign-partitions.sh"
                            .formatted(topic.name(), replicas, replication.replicas(), replicas));
        }
    }

    private void checkSettings(List<Topic> present, List<String> mismatches) {
        Map<ConfigResource, Config> configs =
                await(
                        admin.describeConfigs(present.stream().map(TopicAdmin::resource).toList())
                                .all());
        for (Topic topic : present) {
            Config config = configs.get(resource(topic));
            new TreeMap<>(topic.settings())
                    .forEach(
                            (setting, expected) -> {
                                ConfigEntry entry = config == null ? null : config.get(setting);
                                String value = entry == null ? "not there" : entry.value();
                                if (!expected.equals(value)) {
                                    mismatches.add(
                                            "topic %1$s has %2$s %3$s, expected %4$s; run: kafka-configs.sh --alter --entity-type topics --entity-name %1$s --add-config %2$s=%4$s"
                                                    .formatted(
                                                            topic.name(),
                                                            setting,
                                                            value,
                                                            expected));
                                }
                            });
        }
    }

    private void create(List<Topic> missing, Replication replication) {
        List<NewTopic> created =
                missing.stream().map(topic -> described(topic, topic.name(), replication)).toList();
        admin.createTopics(created)
                .values()
                .values()
                .forEach(future -> awaitCreated(future, replication));
    }

    private static NewTopic described(Topic topic, String name, Replication replication) {
        return new NewTopic(name, topic.partitions(), (short) replication.replicas())
                .configs(topic.settings());
    }

    private void awaitCreated(KafkaFuture<Void> created, Replication replication) {
        try {
            awaitUnless(TopicExistsException.class, created);
        } catch (TideScopeException e) {
            Throwable reason = reason(e);
            throw reason instanceof InvalidReplicationFactorException
                    ? impossible(replication, reason)
                    : e;
        }
    }

    private TideScopeException impossible(Replication replication, Throwable reason) {
        String brokers =
                await(admin.describeCluster().nodes()).stream()
                        .map(node -> node.host() + ":" + node.port())
                        .sorted()
                        .collect(Collectors.joining(", "));
        String setting =
                replication.hasReplicas()
                        ? "a replication of " + replication.replicas()
                        : "the brokers' setting default.replication.factor";
        return TideScopeException.invalid(
                "replication",
                "%s does not fit the brokers present, %s: %s"
                        .formatted(setting, brokers, reason.getMessage()));
    }

    /** A topic is created before every broker knows it, and a stream that finds none ends. */
    private void awaitKnown(List<Topic> topics) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (describe(topics).size() < topics.size()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "topics created are not known to the broker after " + TIMEOUT);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /** Null when it fails with that exception. */
    private static <T> @Nullable T awaitUnless(
            Class<? extends Exception> tolerated, KafkaFuture<T> future) {
        try {
            return await(future);
        } catch (TideScopeException e) {
            if (tolerated.isInstance(reason(e))) {
                return null;
            }
            throw e;
        }
    }

    /** Why the broker refused; null when it did not answer. */
    private static @Nullable Throwable reason(TideScopeException e) {
        return e.getCause() == null ? null : e.getCause().getCause();
    }

    private static TideScopeException unavailable(Exception cause) {
        return KafkaProblem.of("did not do what was asked", cause);
    }
}
