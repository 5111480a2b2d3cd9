package io.tidescope.ingest.git;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** What is said, whichever reader, when a repository's refs or objects cannot be used. */
final class GitObjects {
    private GitObjects() {}

    static TideScopeException unreadable(Path directory, String what, @Nullable Exception cause) {
        return new TideScopeException(
                ErrorCode.CORRUPT,
                "cannot read "
                        + what
                        + " in "
                        + directory
                        + (cause == null ? "" : ": " + cause.getMessage())
                        + "; check with git -C "
                        + directory
                        + " fsck, and fetch what is missing (a partial clone needs git fetch"
                        + " --refetch --no-filter)",
                cause);
    }

    /** What a comparison reads. */
    static String trees(@Nullable String base, @Nullable String target) {
        return "a tree of " + (base == null ? "" : base + "..") + (target == null ? "" : target);
    }

    static TideScopeException notACommit(Path directory, String ref) {
        return new TideScopeException(
                ErrorCode.INVALID_ARGUMENT,
                ref
                        + " of "
                        + directory
                        + " does not point at a commit; follow a branch, or a tag of a commit");
    }

    static TideScopeException gone(Path directory) {
        return new TideScopeException(
                ErrorCode.NOT_FOUND,
                "the git repository "
                        + directory
                        + " is gone; put it back, or stop following it (what was indexed stays)");
    }
}
