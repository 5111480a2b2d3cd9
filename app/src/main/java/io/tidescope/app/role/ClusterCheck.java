package io.tidescope.app.role;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a Kafka cluster can be worked on, before anything is started on it. */
public final class ClusterCheck {
    /** How long a broker has to answer at the start. */
    static final Duration REACH_LIMIT = Duration.ofSeconds(15);

    private ClusterCheck() {}

    /**
     * Makes sure that a broker answers us.
     *
     * @throws TideScopeException UNAVAILABLE, UNAUTHENTICATED or PRECONDITION_FAILED with what to
     *     do about it
     */
    public static void reach(KafkaConnection kafka) {
        open(kafka).close();
    }

    /** The same, and that all topics are there and fit. */
    public static void requireTopics(KafkaConnection kafka, Topics topics) {
        try (Admin admin = open(kafka)) {
            new TopicAdmin(admin).require(topics);
        }
    }

    /** The same, creating topics that are missing. */
    public static void ensureTopics(KafkaConnection kafka, Topics topics) {
        ensureTopics(kafka, topics.all(), topics.replication());
    }

    /** The same for some topics. */
    public static void ensureTopics(
            KafkaConnection kafka, List<Topic> topics, Replication replication) {
        try (Admin admin = open(kafka)) {
            TopicAdmin cluster = new TopicAdmin(admin);
            cluster.requireRestored(kafka.names());
            cluster.ensure(topics, replication);
        }
    }

    /**
     * What the stores of a deployment call their cluster, and nobody else's do: the id of the topic
     * that they are made from.
     *
     * @throws TideScopeException UNAVAILABLE when the cluster does not tell
     */
    static String id(KafkaConnection kafka) {
        String documents = kafka.names().documents();
        try (Admin admin = open(kafka)) {
            return admin.describeTopics(List.of(documents))
                    .allTopicNames()
                    .get(REACH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString();
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not tell about the topic " + documents, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaProblem.of(unanswered(kafka), e);
        }
    }

    private static Admin open(KafkaConnection kafka) {
        Admin admin = create(kafka);
        try {
            admin.describeCluster().nodes().get(REACH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return admin;
        } catch (ExecutionException e) {
            admin.close(Duration.ZERO);
            throw KafkaProblem.of(unanswered(kafka), e);
        } catch (TimeoutException e) {
            admin.close(Duration.ZERO);
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "no broker answers at %s in %d seconds; check kafka.bootstrap, and that brokers there speak as kafka.tls and kafka.sasl say"
                            .formatted(kafka.bootstrapServers(), REACH_LIMIT.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            Thread.currentThread().interrupt();
            throw KafkaProblem.of(unanswered(kafka), e);
        }
    }

    private static Admin create(KafkaConnection kafka) {
        try {
            return Admin.create(kafka.clientProperties());
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "no client for the Kafka cluster at %s: %s; check the settings of kafka"
                            .formatted(kafka.bootstrapServers(), reason.getMessage()),
                    e);
        }
    }

    private static String unanswered(KafkaConnection kafka) {
        return "at %s did not answer".formatted(kafka.bootstrapServers());
    }
}
