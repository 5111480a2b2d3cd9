package io.tidescope.recovery.drill;

import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Topics of their own in a cluster that is given, with a prefix that nothing of there is yet. Their
 * schemas are known to this process alone.
 */
public final class ScratchTopics implements Scratch {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaConnection kafka;
    private final Replication replication;
    private boolean ours;

    /**
     * @param kafka the cluster, with the prefix
     * @param replication of the topics
     */
    public ScratchTopics(KafkaConnection kafka, Replication replication) {
        this.kafka = kafka;
        this.replication = replication;
    }

    @Override
    public RestoreTarget open(RestorePlan plan) throws InterruptedException {
        Topics topics = new Topics(kafka.names(), plan.partitions(), replication);
        requireAbsent(topics);
        ours = true;
        return new RestoreTarget(kafka, topics, new InMemorySchemaRegistry());
    }

    private void requireAbsent(Topics topics) throws InterruptedException {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            Set<String> there =
                    admin.listTopics().names().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            List<String> taken =
                    topics.all().stream().map(Topic::name).filter(there::contains).toList();
            if (!taken.isEmpty()) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "There is %s already, which no drill may touch. Choose another prefix; what a drill that was killed has left may be deleted."
                                .formatted(String.join(", ", taken)));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not list its topics", e);
        }
    }

    @Override
    public void close() {
        if (!ours) {
            return;
        }
        Namespace names = kafka.names();
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            for (String topic :
                    List.of(
                            names.fileChanges(),
                            names.documents(),
                            names.parseFailures(),
                            names.repositories())) {
                removed(
                        admin.deleteTopics(List.of(topic)).all(),
                        UnknownTopicOrPartitionException.class);
            }
            for (String group : List.of(names.restore(), names.parserApplication())) {
                removed(
                        admin.deleteConsumerGroups(List.of(group)).all(),
                        GroupIdNotFoundException.class);
            }
        }
    }

    /** What there is not need not be removed. */
    private static void removed(KafkaFuture<Void> removal, Class<? extends Exception> absent) {
        try {
            removal.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!absent.isInstance(e.getCause())) {
                throw KafkaProblem.of("did not remove what a drill has restored", e);
            }
        } catch (TimeoutException e) {
            throw KafkaProblem.of("did not remove what a drill has restored", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaProblem.of("did not remove what a drill has restored", e);
        }
    }
}
