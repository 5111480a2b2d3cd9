package io.tidescope.schemas;

/**
 * What everything of one deployment is called in a Kafka cluster.
 *
 * <p>Topics, consumer groups and transactional ids all begin with the prefix, so that deployments
 * can share a cluster and prefixed ACLs cover all that one of them uses.
 *
 * @param prefix letters, digits, dots, dashes and underscores, such as {@code acme.}; empty for
 *     none
 */
public record Namespace(String prefix) {
    /** Where TideScope has the cluster for itself. */
    public static final Namespace NONE = new Namespace("");

    public static final int MAX_PREFIX_LENGTH = 100;

    /** What a prefix must match. */
    public static final String PREFIX = "[A-Za-z0-9._-]{0," + MAX_PREFIX_LENGTH + "}";

    public Namespace {
        if (!prefix.matches(PREFIX)) {
            throw TideScopeException.invalid(
                    "prefix",
                    "the prefix must be at most %d letters, digits, dots, dashes and underscores, not \"%s\""
                            .formatted(MAX_PREFIX_LENGTH, prefix));
        }
    }

    public String fileChanges() {
        return prefix + "file-changes";
    }

    public String documents() {
        return prefix + "documents";
    }

    public String parseFailures() {
        return prefix + "parse-failures";
    }

    public String repositories() {
        return prefix + "repositories";
    }

    /** The embedded registry's topic. */
    public String schemas() {
        return prefix + "_schemas";
    }

    /** Application id of the parsers: their consumer group, and where transactional ids begin. */
    public String parserApplication() {
        return prefix + "tidescope-parser";
    }

    /** Application id of the stores: their consumer group. */
    public String storeApplication() {
        return prefix + "tidescope-store";
    }

    /** Transactional id of the embedded registry; a second one fences the first. */
    public String registry() {
        return prefix + "tidescope-registry";
    }

    /** Transactional id of whoever publishes a repository; a second one fences the first. */
    public String publisher(String repository) {
        return prefix + "tidescope-publisher-" + repository;
    }
}
