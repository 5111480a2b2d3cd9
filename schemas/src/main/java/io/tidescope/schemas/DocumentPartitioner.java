package io.tidescope.schemas;

import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a file: Kafka's murmur2 over {@code repository NUL path}, on every topic.
 *
 * <p>The ref is left out on purpose: all refs and versions of a file meet in one partition, so
 * equal content is seen where it is, and a file's history is one sequence.
 */
public final class DocumentPartitioner {
    private DocumentPartitioner() {}

    /** The partition, from 0 to {@code partitions - 1}. */
    public static int partition(String repository, String path, int partitions) {
        return Utils.toPositive(Utils.murmur2(new FileKey(repository, path).toBytes()))
                % partitions;
    }
}
