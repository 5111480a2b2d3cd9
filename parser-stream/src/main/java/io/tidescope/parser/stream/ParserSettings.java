package io.tidescope.parser.stream;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;

/**
 * How a parser node runs.
 *
 * @param nodeId name of this node among those that divide the partitions among them, the same after
 *     every restart: it is how a restarted node takes over at once what its predecessor left open
 * @param threads files parsed at the same time
 * @param parseDeadline how long one file may take
 * @param sessionTimeout after which a node that vanished loses its partitions
 */
public record ParserSettings(
        String nodeId, int threads, Duration parseDeadline, Duration sessionTimeout) {
    public static final Duration DEFAULT_PARSE_DEADLINE = Duration.ofSeconds(30);
    public static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(10);

    /** A file that takes longer would hold up its partition for longer than a transaction may. */
    public static final Duration MAX_PARSE_DEADLINE = Duration.ofMinutes(2);

    public static final int MAX_THREADS = 256;

    public ParserSettings {
        if (threads < 1 || threads > MAX_THREADS) {
            throw invalid("threads must be 1 to " + MAX_THREADS + ", not " + threads);
        }
        if (!parseDeadline.isPositive() || parseDeadline.compareTo(MAX_PARSE_DEADLINE) > 0) {
            throw invalid(
                    "the parse deadline must be above zero and at most %s, not %s"
                            .formatted(MAX_PARSE_DEADLINE, parseDeadline));
        }
        if (!sessionTimeout.isPositive()) {
            throw invalid("the session timeout must be above zero, not " + sessionTimeout);
        }
        if (!nodeId.matches("[A-Za-z0-9._-]{1,100}")) {
            throw invalid(
                    "the node id must be 1 to 100 letters, digits, dots, dashes and underscores, not '%s'"
                            .formatted(nodeId));
        }
    }

    /** One for each core. */
    public static int defaultThreads() {
        return Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    }

    /** The defaults, with a thread for each core. */
    public static ParserSettings forNode(String nodeId) {
        return new ParserSettings(
                nodeId, defaultThreads(), DEFAULT_PARSE_DEADLINE, DEFAULT_SESSION_TIMEOUT);
    }

    private static TideScopeException invalid(String message) {
        return new TideScopeException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
