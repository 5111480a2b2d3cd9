package io.tidescope.ingest;

import io.tidescope.schemas.ErrorCode;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;

/**
 * How following one repository goes.
 *
 * @param repository its name
 * @param progress the publish under way; null when there is none
 * @param problem what went wrong in the last look; null when it went well
 * @param lastLookAt when the refs were last compared with success; null before the first time
 * @param lastPublished the last publish since the start; null before the first
 * @param lastPublishedAt when that was committed
 */
public record RepositoryStatus(
        String repository,
        Path directory,
        @Nullable Progress progress,
        @Nullable Problem problem,
        @Nullable Instant lastLookAt,
        @Nullable PublishedRef lastPublished,
        @Nullable Instant lastPublishedAt) {

    /**
     * A publish under way.
     *
     * @param published changes committed
     * @param total changes in the publish
     */
    public record Progress(String ref, int published, int total) {}

    /**
     * Why the last look failed.
     *
     * @param attempts looks that failed in a row
     * @param since when the first of them failed
     */
    public record Problem(ErrorCode code, String message, int attempts, Instant since) {}

    /** Whether everything was published at the last look. */
    public boolean isUpToDate() {
        return progress == null && problem == null && lastLookAt != null;
    }

    static RepositoryStatus fresh(TrackedRepository repository) {
        return new RepositoryStatus(
                repository.name(), repository.directory(), null, null, null, null, null);
    }

    RepositoryStatus publishing(Progress now) {
        return new RepositoryStatus(
                repository, directory, now, problem, lastLookAt, lastPublished, lastPublishedAt);
    }

    RepositoryStatus published(PublishedRef ref, Instant at) {
        return new RepositoryStatus(repository, directory, null, problem, lastLookAt, ref, at);
    }

    RepositoryStatus upToDate(Instant at) {
        return new RepositoryStatus(
                repository, directory, null, null, at, lastPublished, lastPublishedAt);
    }

    /** While another deployment publishes. */
    RepositoryStatus resting() {
        return new RepositoryStatus(
                repository, directory, null, null, lastLookAt, lastPublished, lastPublishedAt);
    }

    RepositoryStatus failing(ErrorCode code, String message, Instant at) {
        Problem now =
                problem == null
                        ? new Problem(code, message, 1, at)
                        : new Problem(code, message, problem.attempts() + 1, problem.since());
        return new RepositoryStatus(
                repository, directory, null, now, lastLookAt, lastPublished, lastPublishedAt);
    }
}
