package io.tidescope.recovery.emergency;

import io.tidescope.recovery.restore.RestorePlan;

import java.time.Instant;
import java.util.List;

/**
 * What an emergency would do now.
 *
 * @param code whoever gives it agrees to this
 * @param restore what would be restored
 * @param cluster the Kafka cluster's id
 * @param topics what would be deleted
 * @param atWork who would have to be stopped
 * @param unfinished what was begun here before and is not complete
 */
public record EmergencyPlan(
        String code,
        RestorePlan restore,
        String cluster,
        List<FoundTopic> topics,
        List<String> atWork,
        List<Unfinished> unfinished) {
    public EmergencyPlan {
        topics = List.copyOf(topics);
        atWork = List.copyOf(atWork);
        unfinished = List.copyOf(unfinished);
    }

    /**
     * An emergency that can be gone on with, by its code.
     *
     * @param step that was begun last
     * @param begun when that was
     */
    public record Unfinished(String code, long backup, Step step, Instant begun) {}
}
