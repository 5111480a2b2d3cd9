package io.tidescope.parser.replay;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What an index has in the cluster: its topics, and the groups of its parsers and stores.
 *
 * <p>An index is prepared once the group of its parsers knows where to begin, which is the last
 * thing that preparing it does; topics without that are left from a preparation that was cut off.
 */
public final class IndexTopics {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Members of a process that was killed are forgotten after their session, 10 seconds. */
    private static final Duration GROUP_LIMIT = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Admin admin;
    private final Topics topics;
    private final Namespace names;

    /**
     * @param admin stays the caller's to close
     * @param topics of the deployment, with the index that this is about
     */
    public IndexTopics(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
        names = topics.names();
    }

    /** Whether parsers of the index know where to begin. */
    public boolean isPrepared() throws InterruptedException {
        try {
            var committed =
                    await(
                            admin.listConsumerGroupOffsets(names.parserApplication())
                                    .partitionsToOffsetAndMetadata());
            return IntStream.range(0, topics.partitions())
                    .mapToObj(number -> new TopicPartition(names.fileChanges(), number))
                    .allMatch(partition -> committed.get(partition) != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw failed(e);
        }
    }

    /** Makes the topics, which must not be there. */
    void create() {
        new TopicAdmin(admin).ensure(topics.derived(), topics.replication());
    }

    /**
     * Removes the groups and the topics, as far as they are there.
     *
     * @throws TideScopeException PRECONDITION_FAILED when parsers or stores of the index run, and
     *     nothing was removed then; UNAVAILABLE when the cluster does not answer in 30 seconds
     */
    public void remove() throws InterruptedException {
        removeGroups();
        List<String> gone = topics.derived().stream().map(Topic::name).toList();
        try {
            for (KafkaFuture<Void> each : admin.deleteTopics(gone).topicNameValues().values()) {
                unless(UnknownTopicOrPartitionException.class, each);
            }
            awaitGone(gone);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private void removeGroups() throws InterruptedException {
        List<String> groups = List.of(names.parserApplication(), names.storeApplication());
        long deadline = System.nanoTime() + GROUP_LIMIT.toNanos();
        while (true) {
            try {
                // Deleting several is not all or nothing.
                if (areEmpty(groups)) {
                    for (KafkaFuture<Void> each :
                            admin.deleteConsumerGroups(groups).deletedGroups().values()) {
                        unless(GroupIdNotFoundException.class, each);
                    }
                    return;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupNotEmptyException)) {
                    throw failed(e);
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "Parsers or stores of the index '%s' run; end them first."
                                .formatted(names.index()));
            }
            pause();
        }
    }

    /** Whether none of them has members; one that is not there has none. */
    private boolean areEmpty(List<String> groups) throws InterruptedException, ExecutionException {
        for (KafkaFuture<ConsumerGroupDescription> each :
                admin.describeConsumerGroups(groups).describedGroups().values()) {
            try {
                if (!await(each).members().isEmpty()) {
                    return false;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        }
        return true;
    }

    /** A topic is deleted before every broker knows it, and one made too soon is the old one. */
    private void awaitGone(List<String> gone) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (await(admin.listTopics().names()).stream().anyMatch(gone::contains)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "The topics %s are not gone after %s.".formatted(gone, LIMIT));
            }
            pause();
        }
    }

    private static void pause() throws InterruptedException {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static void unless(Class<? extends Exception> tolerated, KafkaFuture<Void> done)
            throws InterruptedException, ExecutionException {
        try {
            await(done);
        } catch (ExecutionException e) {
            if (!tolerated.isInstance(e.getCause())) {
                throw e;
            }
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws InterruptedException, ExecutionException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failed(e);
        }
    }

    private static TideScopeException failed(Exception cause) {
        return KafkaProblem.of("did not do what was asked", cause);
    }
}
