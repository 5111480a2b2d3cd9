package io.tidescope.schemas;

/**
 * What everything of one deployment is called in a Kafka cluster.
 *
 * <p>Topics, consumer groups and transactional ids all begin with the prefix, so that deployments
 * can share a cluster and prefixed ACLs cover all that one of them uses.
 *
 * <p>What is derived from {@code file-changes} ends with the name of the index it belongs to, so
 * that an index can be made beside another one from the same log. What is published, and how far,
 * there is once.
 *
 * @param prefix letters, digits, dots, dashes and underscores, such as {@code acme.}; empty for
 *     none
 * @param index letters, digits and dashes; empty for the first index of a deployment
 */
public record Namespace(String prefix, String index) {
    /** Where TideScope has the cluster for itself. */
    public static final Namespace NONE = new Namespace("");

    public static final int MAX_PREFIX_LENGTH = 100;

    /** What a prefix must match. */
    public static final String PREFIX = "[A-Za-z0-9._-]{0," + MAX_PREFIX_LENGTH + "}";

    public static final int MAX_INDEX_LENGTH = 20;

    /** What the name of an index must match. */
    public static final String INDEX = "[A-Za-z0-9-]{0," + MAX_INDEX_LENGTH + "}";

    public Namespace {
        if (!prefix.matches(PREFIX)) {
            throw TideScopeException.invalid(
                    "prefix",
                    "the prefix must be at most %d letters, digits, dots, dashes and underscores, not \"%s\""
                            .formatted(MAX_PREFIX_LENGTH, prefix));
        }
        if (!index.matches(INDEX)) {
            throw TideScopeException.invalid(
                    "index",
                    "the name of an index must be at most %d letters, digits and dashes, not \"%s\""
                            .formatted(MAX_INDEX_LENGTH, index));
        }
    }

    /** With the first index. */
    public Namespace(String prefix) {
        this(prefix, "");
    }

    /** The same deployment with another index. */
    public Namespace withIndex(String other) {
        return new Namespace(prefix, other);
    }

    public String fileChanges() {
        return prefix + "file-changes";
    }

    public String documents() {
        return derived("documents");
    }

    public String parseFailures() {
        return derived("parse-failures");
    }

    public String repositories() {
        return prefix + "repositories";
    }

    /** The embedded registry's topic. */
    public String schemas() {
        return prefix + "_schemas";
    }

    /** Application id of the parsers: their consumer group. */
    public String parserApplication() {
        return derived("tidescope-parser");
    }

    /**
     * What the transactional ids of a parser node begin with; the number of a thread follows.
     *
     * @param nodeId letters, digits, dots, dashes and underscores: no colon, which keeps the ids of
     *     a named index from being those of a node of the first one
     */
    public String parserTransactions(String nodeId) {
        return parserApplication() + (index.isEmpty() ? "-" : ":") + nodeId + "-";
    }

    /** Application id of the stores: their consumer group. */
    public String storeApplication() {
        return derived("tidescope-store");
    }

    /** Transactional id of whoever prepares the index; a second one fences the first. */
    public String replay() {
        return derived("tidescope-replay");
    }

    /**
     * The consumer group that keeps how far a restore has come, until it is complete, of whichever
     * index, for the log is that of all; its transactional ids begin with it.
     */
    public String restore() {
        return prefix + "tidescope-restore";
    }

    /** What the names of a mirror's own topics and its consumer group begin with. */
    public String mirror() {
        return prefix + "tidescope-mirror-";
    }

    /** Transactional id of whoever makes this the region that publishes; a second one fences it. */
    public String region() {
        return prefix + "tidescope-region";
    }

    /** The consumer group of whoever recovers the deployment, of which there is one at a time. */
    public String emergency() {
        return restore() + "-emergency";
    }

    /** The consumer group of archivers, of which one is at work. */
    public String archiver() {
        return derived("tidescope-archiver");
    }

    /** Transactional id of the embedded registry; a second one fences the first. */
    public String registry() {
        return prefix + "tidescope-registry";
    }

    /** Transactional id of whoever publishes a repository; a second one fences the first. */
    public String publisher(String repository) {
        return prefix + "tidescope-publisher-" + repository;
    }

    private String derived(String name) {
        return prefix + name + (index.isEmpty() ? "" : "-" + index);
    }
}
