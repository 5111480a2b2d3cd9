package io.tidescope.ingest.git;

import org.jspecify.annotations.Nullable;

/**
 * A path at which two trees differ.
 *
 * @param before null when the path is new
 * @param after null when the path is gone
 */
public record TreeChange(RawPath path, @Nullable TreeEntry before, @Nullable TreeEntry after) {}
