package io.tidescope.ingest;

import io.tidescope.ingest.git.GitCommand;
import io.tidescope.schemas.TideScopeException;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Brings a repository up to its origin.
 *
 * <p>By the git command rather than JGit: it connects as the user's git does, with the user's ssh,
 * credential helpers and certificates.
 */
final class Mirror {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final GitCommand git;

    Mirror(Path directory) {
        this.git = new GitCommand(directory, TIMEOUT);
    }

    /**
     * Fetches origin and forgets what it no longer has. In a bare repository the branches and tags
     * themselves follow origin; in another one only its remote-tracking branches do.
     *
     * @throws TideScopeException UNAVAILABLE with git's words
     */
    void fetch() {
        boolean bare = Boolean.parseBoolean(git.run("rev-parse", "--is-bare-repository"));
        if (bare) {
            git.run(
                    "fetch",
                    "--quiet",
                    "--prune",
                    "origin",
                    "+refs/heads/*:refs/heads/*",
                    "+refs/tags/*:refs/tags/*");
        } else {
            git.run("fetch", "--quiet", "--prune", "origin");
        }
    }
}
