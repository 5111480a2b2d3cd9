package io.tidescope.ingest.git;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A git repository, read.
 *
 * <p>Used by one thread at a time. Everything throws {@link TideScopeException}: NOT_FOUND when the
 * repository or a ref's commit is not there, CORRUPT when an object is missing or unreadable,
 * UNAVAILABLE when the disk or the git command fails.
 */
public interface GitRepository extends AutoCloseable {

    /**
     * The repository whose work tree, linked worktree, {@code .git} or bare directory this is.
     *
     * <p>Directories above are not searched: a repository that was moved away must not be taken for
     * the one around it.
     */
    static GitRepository open(Path directory) {
        return GitOpener.open(directory);
    }

    /** The directory to {@link #open}: this one or the nearest above it that is a repository. */
    static Path discover(Path directory) {
        return GitOpener.discover(directory);
    }

    /** As it was opened. */
    Path directory();

    Optional<String> originUrl();

    /** The default branch, and the tips of it and of these refs (full names). */
    RefTips tips(Set<String> refs);

    /** Whether the commit and its root tree can be read. */
    boolean holds(String commit);

    /**
     * Visits every file, link and submodule at which two commits differ, in the order of {@link
     * RawPath}. A file that becomes a directory is a change of each path.
     *
     * @param base null for the empty tree
     * @param target null for the empty tree
     */
    void diff(@Nullable String base, @Nullable String target, Consumer<TreeChange> visitor);

    /**
     * The blob, without its content when that is over the limit.
     *
     * @param limitBytes at most 1 GiB
     */
    Blob read(String object, int limitBytes);

    /** Raw ids of the newest ancestors, without the commit itself; as far as history is here. */
    List<byte[]> ancestors(String commit, int limit);

    @Override
    void close();
}
