package io.tidescope.recovery.archive;

/**
 * A partition of a topic, whatever the deployment's prefix and index are.
 *
 * @param topic name without prefix and index, such as {@code file-changes}
 * @param topicId the cluster's id of the topic: a topic that is made again is another one, whose
 *     offsets begin anew
 */
public record ArchivedPartition(String topic, String topicId, int partition)
        implements Comparable<ArchivedPartition> {
    /** Part of the names of its segments. */
    String path() {
        return "%s/%s/%05d/".formatted(topic, topicId, partition);
    }

    @Override
    public int compareTo(ArchivedPartition other) {
        return path().compareTo(other.path());
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
