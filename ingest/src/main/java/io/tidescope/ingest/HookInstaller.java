package io.tidescope.ingest;

import io.tidescope.ingest.git.GitCommand;
import io.tidescope.ingest.git.GitRepository;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts hooks into a repository that poke the running ingest, and takes them out again.
 *
 * <p>A hook that is already there is moved aside and run by the new one. Installing again replaces
 * only what was installed and is as it was.
 */
public final class HookInstaller {
    /** Everything after which a ref may have moved. */
    static final List<String> HOOKS =
            List.of("post-commit", "post-merge", "post-rewrite", "post-checkout", "post-receive");

    private static final Duration GIT_TIMEOUT = Duration.ofSeconds(30);

    private HookInstaller() {}

    /**
     * Installs the hooks where git looks for them: {@code core.hooksPath}, or the hooks directory
     * shared by all worktrees.
     *
     * @param repository the repository or a directory inside it
     * @param pokeUrl where the hooks POST to; {@code repository=name} is added to its query
     * @param name what the repository is called in the index
     * @param token file with the token to prove oneself with, read at each poke; null for none
     * @throws TideScopeException NOT_FOUND when it is no repository, PRECONDITION_FAILED when its
     *     hooks are shared with other repositories or there is no place for one that is there,
     *     UNAVAILABLE when the files cannot be written
     */
    public static void install(Path repository, URI pokeUrl, String name, @Nullable Path token) {
        Path directory = hooksDirectory(repository);
        String script = HookScript.text(withName(pokeUrl, name), token);
        attempt(
                directory,
                () -> {
                    Files.createDirectories(directory);
                    for (Hook hook : hooks(directory)) {
                        hook.requireInstallable();
                    }
                    for (Hook hook : hooks(directory)) {
                        hook.install(script);
                    }
                });
    }

    /**
     * Removes what was installed and puts back what was there before; else does nothing.
     *
     * @return hooks that were changed since they were installed, and so are kept
     */
    public static List<Path> uninstall(Path repository) {
        Path directory = hooksDirectory(repository);
        List<Path> kept = new ArrayList<>();
        attempt(
                directory,
                () -> {
                    for (Hook hook : hooks(directory)) {
                        if (!hook.uninstall()) {
                            kept.add(hook.file());
                        }
                    }
                });
        return kept;
    }

    private static List<Hook> hooks(Path directory) {
        return HOOKS.stream().map(name -> new Hook(directory.resolve(name))).toList();
    }

    /**
     * Where git looks for this repository's hooks.
     *
     * <p>A directory outside of the repository, such as a user's own by a global {@code
     * core.hooksPath}, serves other repositories too: a hook there would poke for the wrong one.
     */
    private static Path hooksDirectory(Path repository) {
        Path root = GitRepository.discover(repository);
        GitCommand git = new GitCommand(root, GIT_TIMEOUT);
        Path hooks = root.resolve(git.run("rev-parse", "--git-path", "hooks")).normalize();
        Path common = root.resolve(git.run("rev-parse", "--git-common-dir")).normalize();
        if (hooks.startsWith(root) || hooks.startsWith(common)) {
            return hooks;
        }
        throw new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "the hooks of "
                        + root
                        + " are in "
                        + hooks
                        + " by core.hooksPath, where other repositories share them; set"
                        + " core.hooksPath for this repository, or do without hooks: commits are"
                        + " also found by polling");
    }

    private static URI withName(URI pokeUrl, String name) {
        String parameter = "repository=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return URI.create(pokeUrl + (pokeUrl.getQuery() == null ? "?" : "&") + parameter);
    }

    /** File work that may fail. */
    @FunctionalInterface
    private interface FileWork {
        void run() throws IOException;
    }

    private static void attempt(Path directory, FileWork work) {
        try {
            work.run();
        } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "hooks cannot be changed in "
                            + directory
                            + ": "
                            + e
                            + "; may this user write there?",
                    e);
        }
    }
}
