package io.tidescope.ingest;

import io.tidescope.ingest.git.RawPath;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

/**
 * Files of a revision whose content git cannot read: damaged, or missing as in a partial clone.
 *
 * @param object blob of the first
 * @param path the first, in the order of paths
 * @param count how many there are
 * @param failure why the first cannot be read
 */
record UnreadableFiles(String object, RawPath path, int count, TideScopeException failure) {

    UnreadableFiles oneMore() {
        return new UnreadableFiles(object, path, count + 1, failure);
    }

    /** For the user: the file, the object and what to do. */
    TideScopeException toException(String ref) {
        String others = count == 1 ? "" : " and " + (count - 1) + " more files";
        return new TideScopeException(
                ErrorCode.CORRUPT,
                path + others + " of " + ref + " cannot be indexed: " + failure.getMessage(),
                failure);
    }
}
