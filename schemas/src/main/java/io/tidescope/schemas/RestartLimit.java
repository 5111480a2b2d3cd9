package io.tidescope.schemas;

import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Decides after the failure of a thread whether another one is worth starting in its place.
 *
 * <p>What passes by itself, such as a broker or a registry that does not answer, is: for as long as
 * it takes. Anything else may have been bad luck, but not {@value #MAX_FAILURES} times in five
 * minutes: then it is a record or a state that no thread gets past. Threads that fail at the same
 * time fail once. A node that another one has taken the place of ends at once. Safe for concurrent
 * use.
 */
public final class RestartLimit {
    static final int MAX_FAILURES = 5;
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Longer than it takes a thread to be replaced and to fail again. */
    static final Duration SAME_TIME = Duration.ofSeconds(5);

    private final String what;
    private final InstantSource clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    /**
     * @param what the threads do, such as {@code "the store"}
     */
    public RestartLimit(String what, InstantSource clock) {
        this.what = what;
        this.clock = clock;
    }

    /** Why there should be no other thread; absent when there should. */
    public synchronized Optional<TideScopeException> refusal(Throwable failure) {
        if (isFenced(failure)) {
            return Optional.of(
                    new TideScopeException(
                            ErrorCode.PRECONDITION_FAILED,
                            "%s cannot go on: another process has started as the same node; give each a node id of its own"
                                    .formatted(what),
                            failure));
        }
        TideScopeException known = known(failure);
        if (known.code().category() == ErrorCode.Category.RETRIABLE || isRetriable(failure)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant last = failures.peekLast();
        if (last == null || !last.plus(SAME_TIME).isAfter(now)) {
            failures.add(now);
        }
        failures.removeIf(at -> !at.plus(WINDOW).isAfter(now));
        return failures.size() < MAX_FAILURES && known.code() != ErrorCode.UNSUPPORTED_VERSION
                ? Optional.empty()
                : Optional.of(
                        new TideScopeException(
                                known.code(),
                                "%s cannot go on: %s".formatted(what, known.getMessage()),
                                failure));
    }

    /** The cause that TideScope threw, or else one that says that it was none. */
    public static TideScopeException known(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TideScopeException known) {
                return known;
            }
            last = cause;
        }
        return new TideScopeException(ErrorCode.INTERNAL, last.toString(), failure);
    }

    /** Whether another member of the group has come under our name; a new thread would fence it. */
    /** Whether another process has started as the same node. */
    public static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRetriable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
