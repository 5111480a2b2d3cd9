package io.tidescope.ingest;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows repositories and publishes what moves, until closed.
 *
 * <p>Each repository has a thread of its own. A failure, such as a directory that is gone, is told
 * by its status and tried again; it never deletes what is indexed. Safe for concurrent use.
 */
public final class IngestService implements AutoCloseable {
    /** Each has a thread and a producer. */
    public static final int MAX_REPOSITORIES = 1000;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration INTERRUPTED_LIMIT = Duration.ofSeconds(5);

    private final Map<String, Follower> followers = new LinkedHashMap<>();

    /**
     * @param listener hears of every repository, on the repository's thread
     */
    public IngestService(
            List<TrackedRepository> repositories,
            EventLog log,
            IngestSettings settings,
            InstantSource clock,
            PublishListener listener) {
        if (repositories.size() > MAX_REPOSITORIES) {
            throw new TideScopeException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "one ingest node follows at most "
                            + MAX_REPOSITORIES
                            + " repositories, not "
                            + repositories.size()
                            + "; spread them over several nodes");
        }
        PublishTurns turns = new PublishTurns(settings.concurrentPublishes());
        for (TrackedRepository repository : repositories) {
            Follower follower =
                    new Follower(repository, log, settings, clock, turns.turn(), listener);
            if (followers.put(repository.name(), follower) != null) {
                throw new TideScopeException(
                        ErrorCode.INVALID_ARGUMENT,
                        "two repositories are called "
                                + repository.name()
                                + "; give one of them another name");
            }
        }
    }

    /** Starts following; returns at once. */
    public void start() {
        followers.values().forEach(Follower::start);
    }

    /**
     * Says that refs of a repository may have moved; returns at once.
     *
     * @throws TideScopeException NOT_FOUND when no repository of that name is followed
     */
    public void poke(String repository) {
        Follower follower = followers.get(repository);
        if (follower == null) {
            throw new TideScopeException(
                    ErrorCode.NOT_FOUND,
                    "no repository called \"" + repository + "\" is followed here");
        }
        follower.poke();
    }

    /** Absent when no repository of that name is followed. */
    public Optional<RepositoryStatus> findStatus(String repository) {
        return Optional.ofNullable(followers.get(repository)).map(Follower::status);
    }

    /** In the order in which the repositories were given. */
    public List<RepositoryStatus> statuses() {
        return followers.values().stream().map(Follower::status).toList();
    }

    /**
     * Stops soon, also in the middle of an import, which the next start continues. Bounded over all
     * repositories together.
     */
    @Override
    public void close() {
        followers.values().forEach(Follower::stop);
        try {
            if (!awaitEnd(STOP_LIMIT)) {
                followers.values().forEach(Follower::interrupt);
                awaitEnd(INTERRUPTED_LIMIT);
            }
        } catch (InterruptedException e) {
            followers.values().forEach(Follower::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean ended = true;
        for (Follower follower : followers.values()) {
            ended &= follower.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
        }
        return ended;
    }
}
