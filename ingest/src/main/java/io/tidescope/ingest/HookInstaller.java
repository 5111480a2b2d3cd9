package io.tidescope.ingest;

import io.tidescope.ingest.git.GitCommand;
import io.tidescope.ingest.git.GitRepository;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * Puts hooks into a repository that poke the running ingest, and takes them out again.
 *
 * <p>A hook that is already there is moved aside and run by the new one. Installing again replaces
 * only what was installed.
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
     * @throws TideScopeException NOT_FOUND when it is no repository, PRECONDITION_FAILED when its
     *     hooks are shared with other repositories, UNAVAILABLE when the files cannot be written
     */
    public static void install(Path repository, URI pokeUrl, String name) {
        Path directory = hooksDirectory(repository);
        String text = HookScript.text(withName(pokeUrl, name));
        attempt(
                directory,
                () -> {
                    Files.createDirectories(directory);
                    for (String hook : HOOKS) {
                        installHook(directory.resolve(hook), text);
                    }
                });
    }

    /** Removes what was installed and puts back what was there before; else does nothing. */
    public static void uninstall(Path repository) {
        Path directory = hooksDirectory(repository);
        attempt(
                directory,
                () -> {
                    for (String hook : HOOKS) {
                        uninstallHook(directory.resolve(hook));
                    }
                });
    }

    private static void installHook(Path hook, String text) throws IOException {
        if (exists(hook) && !isOurs(hook)) {
            if (exists(earlier(hook))) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "both "
                                + hook
                                + " and "
                                + earlier(hook)
                                + " exist, and neither was installed by tidescope; merge them into"
                                + " one");
            }
            Files.move(hook, earlier(hook));
        }
        Path written = Files.createTempFile(hook.getParent(), "tidescope", ".hook");
        try {
            Files.writeString(written, text);
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(written, hook, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void uninstallHook(Path hook) throws IOException {
        if (!exists(hook) || !isOurs(hook)) {
            return;
        }
        if (exists(earlier(hook))) {
            Files.move(earlier(hook), hook, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.delete(hook);
        }
    }

    private static Path earlier(Path hook) {
        return hook.resolveSibling(hook.getFileName() + HookScript.EARLIER);
    }

    /** Also true of a symbolic link to nowhere. */
    private static boolean exists(Path hook) {
        return Files.exists(hook, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOurs(Path hook) throws IOException {
        return Files.isRegularFile(hook)
                && new String(Files.readAllBytes(hook), StandardCharsets.ISO_8859_1)
                        .contains(HookScript.MARK);
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
