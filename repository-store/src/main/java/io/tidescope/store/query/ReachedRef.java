package io.tidescope.store.query;

import io.tidescope.schemas.RefKey;

import org.jspecify.annotations.Nullable;

/**
 * Where a ref stands in a partition that has come to a commit on it, or farther: what it has come
 * to last, which after a force push may be a commit without the other in its history.
 *
 * @param commit of the last marker; null when the ref was deleted
 * @param sequence of the last marker
 */
public record ReachedRef(RefKey ref, @Nullable String commit, long sequence) {}
