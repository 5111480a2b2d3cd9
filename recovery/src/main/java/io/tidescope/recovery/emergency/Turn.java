package io.tidescope.recovery.emergency;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * That one process alone recovers a deployment: the only member of a consumer group, which reads
 * nothing. Whoever was killed is a member until its session ends. For one thread.
 */
final class Turn implements AutoCloseable {
    private static final int SESSION_MILLIS = 10_000;

    /** Longer than a restore takes: it is not polled again. */
    private static final int POLL_MILLIS = Integer.MAX_VALUE;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final Admin admin;
    private final String group;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private Turn(Admin admin, KafkaConnection kafka) {
        this.admin = admin;
        group = kafka.names().emergency();
        var properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_MILLIS);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Waits for the session of one that was killed.
     *
     * @param admin stays the caller's to close
     * @throws TideScopeException PRECONDITION_FAILED when another one is at work; UNAVAILABLE
     */
    static Turn take(Admin admin, KafkaConnection kafka) throws InterruptedException {
        Turn turn = new Turn(admin, kafka);
        try {
            turn.awaitNobody();
            turn.join();
            turn.requireHeld();
            return turn;
        } catch (KafkaException e) {
            turn.close();
            throw KafkaProblem.of("did not say who else recovers the deployment", e);
        } catch (TideScopeException | InterruptedException e) {
            turn.close();
            throw e;
        }
    }

    private void awaitNobody() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Collection<MemberDescription> there = members(); !there.isEmpty(); there = members()) {
            if (System.nanoTime() - deadline > 0) {
                throw taken(there);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void join() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        consumer.subscribe(NOTHING);
        while (consumer.groupMetadata().generationId() < 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "The Kafka cluster lets nobody into consumer group %s.".formatted(group));
            }
            consumer.poll(POLL);
        }
    }

    /**
     * Makes sure that there is nobody else.
     *
     * @throws TideScopeException PRECONDITION_FAILED when there is, as after this process stood
     *     still for longer than its session; UNAVAILABLE
     */
    void requireHeld() throws InterruptedException {
        Collection<MemberDescription> there = members();
        String own = consumer.groupMetadata().memberId();
        if (there.size() != 1 || !there.iterator().next().consumerId().equals(own)) {
            throw taken(there.stream().filter(each -> !each.consumerId().equals(own)).toList());
        }
    }

    private Collection<MemberDescription> members() throws InterruptedException {
        return RolesAtWork.members(admin, group);
    }

    private TideScopeException taken(Collection<MemberDescription> others) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "Another one recovers this deployment, or began to at the same moment (consumer group %s%s). Let it end, or end it."
                        .formatted(group, others.isEmpty() ? "" : ": " + RolesAtWork.who(others)));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
