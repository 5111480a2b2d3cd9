package io.tidescope.app.health;

import io.tidescope.schemas.KafkaConnection;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Whether the Kafka cluster answers, has our topics and each of their partitions a leader. Keeps a
 * connection of its own, made when it is first needed.
 */
public final class KafkaHealth implements HealthCheck, AutoCloseable {
    private static final long LIMIT_MILLIS = 2_500;

    /** Of partitions without a leader, as many are named. */
    private static final int MAX_NAMED = 5;

    private final KafkaConnection kafka;
    private final Supplier<List<String>> topics;
    private @Nullable Admin admin;
    private boolean closed;

    /**
     * @param topics full names of the topics to look at now
     */
    public KafkaHealth(KafkaConnection kafka, Supplier<List<String>> topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    @Override
    public List<String> problems() throws InterruptedException {
        try {
            return problems(
                    admin().describeTopics(topics.get())
                            .allTopicNames()
                            .get(LIMIT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return List.of("no broker answers at " + kafka.bootstrapServers());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return List.of("%s: %s".formatted(kafka.bootstrapServers(), cause.getMessage()));
        }
    }

    private synchronized Admin admin() {
        if (closed) {
            throw new IllegalStateException("the process stops");
        }
        Admin open = admin;
        if (open == null) {
            open = Admin.create(kafka.clientProperties());
            admin = open;
        }
        return open;
    }

    static List<String> problems(Map<String, TopicDescription> described) {
        List<String> leaderless = new ArrayList<>();
        described.forEach(
                (topic, description) ->
                        description.partitions().stream()
                                .filter(
                                        partition ->
                                                partition.leader() == null
                                                        || partition.leader().isEmpty())
                                .forEach(
                                        partition ->
                                                leaderless.add(
                                                        topic + '-' + partition.partition())));
        if (leaderless.isEmpty()) {
            return List.of();
        }
        leaderless.sort(null);
        String named = String.join(", ", leaderless.stream().limit(MAX_NAMED).toList());
        int rest = leaderless.size() - MAX_NAMED;
        return List.of(
                "no broker leads %s%s".formatted(named, rest > 0 ? " and " + rest + " more" : ""));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
