package io.tidescope.store;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.rocks.TopicExtent;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * What the cluster tells of the {@code documents} topic. It is asked again whenever something is
 * wanted, for as long as ten seconds; then it is UNAVAILABLE. Safe for concurrent use.
 */
final class DocumentsTopic implements TopicExtent.Source, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    private final String name;
    private final KafkaConnection connection;
    private final Admin admin;

    DocumentsTopic(KafkaConnection connection) {
        this.connection = connection;
        name = connection.names().documents();
        admin = Admin.create(connection.clientProperties());
    }

    /** How many partitions the topic has. */
    int partitions() {
        return insist(this::describe).partitions().size();
    }

    /** Tells the topic, and so the cluster and the deployment, from others. */
    String id() {
        return insist(this::describe).topicId().toString();
    }

    @Override
    public TopicExtent now(int partition) {
        return insist(() -> extent(new TopicPartition(name, partition)));
    }

    private TopicExtent extent(TopicPartition partition)
            throws ExecutionException, TimeoutException, InterruptedException {
        // The id last: a topic created again in between is then told from the one before.
        long begin = offset(partition, OffsetSpec.earliest());
        long end = offset(partition, OffsetSpec.latest());
        String tombstonesKept =
                await(
                                admin.describeConfigs(
                                                List.of(
                                                        new ConfigResource(
                                                                ConfigResource.Type.TOPIC, name)))
                                        .all())
                        .values()
                        .iterator()
                        .next()
                        .get(TopicConfig.DELETE_RETENTION_MS_CONFIG)
                        .value();
        return new TopicExtent(
                describe().topicId(),
                begin,
                end,
                Duration.ofMillis(Long.parseLong(tombstonesKept)));
    }

    private long offset(TopicPartition partition, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        return await(admin.listOffsets(Map.of(partition, which)).partitionResult(partition))
                .offset();
    }

    private TopicDescription describe()
            throws ExecutionException, TimeoutException, InterruptedException {
        return await(admin.describeTopics(List.of(name)).allTopicNames())
                .values()
                .iterator()
                .next();
    }

    private static <T> T await(KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A question that the cluster may answer. */
    private interface Question<T> {
        T ask() throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** Asks until there is an answer: a topic just created is not known everywhere at once. */
    private <T> T insist(Question<T> question) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try {
            while (true) {
                try {
                    return question.ask();
                } catch (ExecutionException | TimeoutException e) {
                    if (System.nanoTime() - deadline >= 0) {
                        throw new TideScopeException(
                                ErrorCode.UNAVAILABLE,
                                "%s does not tell about the topic %s; is it up, and was the topic created?"
                                        .formatted(connection, name),
                                e);
                    }
                    LockSupport.parkNanos(RETRY_PAUSE.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "interrupted while the cluster was asked about the topic " + name,
                    e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
