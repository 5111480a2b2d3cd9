package io.tidescope.query;

import io.tidescope.query.request.RepositoryRevision;

import java.time.Duration;

/**
 * The revision an answer must not be older than.
 *
 * @param revision the commit, which the partitions asked must hold, or a descendant of it
 * @param patience how long to wait for it
 */
public record RevisionBound(RepositoryRevision revision, Duration patience) {}
