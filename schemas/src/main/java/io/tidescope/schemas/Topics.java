package io.tidescope.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All topics of a deployment with the settings the design relies on.
 *
 * @param names what they are called
 * @param partitions partitions of {@code file-changes} and {@code documents}, which must agree
 * @param replication how each of them is replicated
 * @param history how long {@code documents} keeps every version of a document, and that it is gone;
 *     a store that was away for longer is built again
 */
public record Topics(Namespace names, int partitions, Replication replication, Duration history) {
    public static final int DEFAULT_PARTITIONS = 8;
    public static final int MAX_PARTITIONS = 1024;
    public static final Duration DEFAULT_HISTORY = Duration.ofDays(7);

    /** Largest record: the largest source kept, and its tree. Producers must allow it too. */
    public static final int MAX_RECORD_BYTES = 40 * 1024 * 1024;

    private static final Duration FAILURES = Duration.ofDays(30);

    public Topics {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    "partitions must be 1 to " + MAX_PARTITIONS + ", not " + partitions);
        }
    }

    /** With the history that is kept by default. */
    public Topics(Namespace names, int partitions, Replication replication) {
        this(names, partitions, replication, DEFAULT_HISTORY);
    }

    /** Without prefix, and replicated as the brokers do. */
    public Topics(int partitions) {
        this(Namespace.NONE, partitions, Replication.BROKERS_DEFAULT);
    }

    /** The same deployment with another index. */
    public Topics withIndex(String index) {
        return new Topics(names.withIndex(index), partitions, replication, history);
    }

    public List<Topic> all() {
        return List.of(fileChanges(), documents(), parseFailures(), repositories());
    }

    /** What is published; all indices of a deployment are made from it. */
    public List<Topic> published() {
        return List.of(fileChanges(), repositories());
    }

    /** What is derived from the log, and goes with its index. */
    public List<Topic> derived() {
        return List.of(documents(), parseFailures());
    }

    /** The log: kept forever, for it is the history and what everything is replayed from. */
    public Topic fileChanges() {
        return topic(
                names.fileChanges(),
                partitions,
                Map.of(
                        "cleanup.policy", "delete",
                        "compression.type", "zstd",
                        "retention.ms", "-1",
                        "retention.bytes", "-1",
                        "max.message.bytes", Integer.toString(MAX_RECORD_BYTES)));
    }

    /**
     * The changelog of the store: the latest record of each document, and all of them for the time
     * of the history.
     */
    public Topic documents() {
        return topic(
                names.documents(),
                partitions,
                Map.of(
                        "cleanup.policy", "compact",
                        "compression.type", "zstd",
                        "min.compaction.lag.ms", Long.toString(history.toMillis()),
                        "delete.retention.ms", Long.toString(history.toMillis()),
                        "max.message.bytes", Integer.toString(MAX_RECORD_BYTES)));
    }

    public Topic parseFailures() {
        return topic(
                names.parseFailures(),
                partitions,
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(FAILURES.toMillis())));
    }

    /** How far each ref is published; tiny, one partition so that it is read in order. */
    public Topic repositories() {
        return topic(names.repositories(), 1, Map.of("cleanup.policy", "compact"));
    }

    /** What TideScope's own registry keeps, where there is no other one; not among all. */
    public Topic schemas() {
        return topic(names.schemas(), 1, Map.of("cleanup.policy", "compact"));
    }

    private Topic topic(String name, int partitions, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        if (replication.hasMinInsync()) {
            all.put("min.insync.replicas", Integer.toString(replication.minInsync()));
        }
        return new Topic(name, partitions, all);
    }
}
