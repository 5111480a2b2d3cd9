package io.tidescope.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All topics of a deployment with the settings the design relies on.
 *
 * @param partitions partitions of {@code file-changes} and {@code documents}, which must agree
 */
public record Topics(int partitions) {
    public static final String FILE_CHANGES = "file-changes";
    public static final String DOCUMENTS = "documents";
    public static final String PARSE_FAILURES = "parse-failures";
    public static final String REPOSITORIES = "repositories";

    public static final int DEFAULT_PARTITIONS = 8;
    public static final int MAX_PARTITIONS = 1024;

    /** Largest record: the largest source kept, and its tree. Producers must allow it too. */
    public static final int MAX_RECORD_BYTES = 40 * 1024 * 1024;

    private static final Duration HISTORY = Duration.ofDays(7);
    private static final Duration FAILURES = Duration.ofDays(30);

    public Topics {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    "partitions must be 1 to " + MAX_PARTITIONS + ", not " + partitions);
        }
    }

    public List<Topic> all() {
        return List.of(fileChanges(), documents(), parseFailures(), repositories());
    }

    /** The log: kept forever, for it is the history and what everything is replayed from. */
    public Topic fileChanges() {
        return new Topic(
                FILE_CHANGES,
                partitions,
                Map.of(
                        "cleanup.policy", "delete",
                        "compression.type", "zstd",
                        "retention.ms", "-1",
                        "retention.bytes", "-1",
                        "max.message.bytes", Integer.toString(MAX_RECORD_BYTES)));
    }

    /**
     * The changelog of the store: the latest record of each document, and a week of all of them.
     */
    public Topic documents() {
        return new Topic(
                DOCUMENTS,
                partitions,
                Map.of(
                        "cleanup.policy", "compact",
                        "compression.type", "zstd",
                        "min.compaction.lag.ms", Long.toString(HISTORY.toMillis()),
                        "delete.retention.ms", Long.toString(HISTORY.toMillis()),
                        "max.message.bytes", Integer.toString(MAX_RECORD_BYTES)));
    }

    public Topic parseFailures() {
        return new Topic(
                PARSE_FAILURES,
                partitions,
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(FAILURES.toMillis())));
    }

    /** How far each ref is published; tiny, one partition so that it is read in order. */
    public Topic repositories() {
        return new Topic(REPOSITORIES, 1, Map.of("cleanup.policy", "compact"));
    }
}
