package io.tidescope.ingest.git;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds what kind of repository a directory is, and the reader that can read it. */
final class GitOpener {
    private static final String LINK = "gitdir:";

    static {
        SilentSystem.install();
    }

    private GitOpener() {}

    static GitRepository open(Path directory) {
        Path absolute = requireDirectory(directory);
        try {
            Path gitDirectory = find(absolute);
            if (gitDirectory == null) {
                throw notARepository(absolute);
            }
            FileRepositoryBuilder builder =
                    new FileRepositoryBuilder()
                            .setGitDir(gitDirectory.toFile())
                            .setMustExist(true)
                            .setup();
            return switch (objectFormat(commonDirectory(builder))) {
                case "sha1" -> new JGitRepository(absolute, builder.build());
                case "sha256" -> CommandRepository.open(absolute);
                case String other ->
                        throw new TideScopeException(
                                ErrorCode.PRECONDITION_FAILED,
                                absolute
                                        + " stores objects as "
                                        + other
                                        + ": only sha1 and sha256 can be read");
            };
        } catch (IOException | IllegalArgumentException | ConfigInvalidException e) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "the git repository "
                            + absolute
                            + " cannot be opened: "
                            + e.getMessage()
                            + "; see what git -C "
                            + absolute
                            + " status says",
                    e);
        }
    }

    static Path discover(Path directory) {
        Path start = requireDirectory(directory);
        try {
            for (Path at = start; at != null; at = at.getParent()) {
                if (find(at) != null) {
                    return at;
                }
            }
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, start + " cannot be read: " + e.getMessage(), e);
        }
        throw notARepository(start);
    }

    private static Path requireDirectory(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) {
            return absolute;
        }
        throw new TideScopeException(
                ErrorCode.NOT_FOUND,
                absolute
                        + " is not a directory; name the work tree or the bare directory of a git"
                        + " repository");
    }

    private static TideScopeException notARepository(Path directory) {
        return new TideScopeException(
                ErrorCode.NOT_FOUND,
                directory
                        + " is not a git repository; name the work tree or the bare directory of"
                        + " one, or run git init there");
    }

    /** The git directory of exactly this directory; null when it has none. */
    private static @Nullable Path find(Path at) throws IOException {
        Path dotGit = at.resolve(".git");
        if (Files.isRegularFile(dotGit)) {
            String link = Files.readString(dotGit).strip();
            Path target =
                    at.resolve(link.startsWith(LINK) ? link.substring(LINK.length()).strip() : "");
            return isGitDirectory(target) ? target.normalize() : null;
        }
        if (isGitDirectory(dotGit)) {
            return dotGit;
        }
        return isGitDirectory(at) ? at : null;
    }

    private static boolean isGitDirectory(Path path) {
        return Files.exists(path.resolve("HEAD"))
                && (Files.isDirectory(path.resolve("objects"))
                        || Files.exists(path.resolve("commondir")));
    }

    private static Path commonDirectory(FileRepositoryBuilder builder) {
        var common = builder.getGitCommonDir();
        return (common == null ? builder.getGitDir() : common).toPath();
    }

    private static String objectFormat(Path gitDirectory)
            throws IOException, ConfigInvalidException {
        FileBasedConfig config =
                new FileBasedConfig(
                        new Config(), gitDirectory.resolve("config").toFile(), FS.DETECTED);
        config.load();
        String format = config.getString("extensions", null, "objectFormat");
        return format == null ? "sha1" : format.toLowerCase(Locale.ROOT);
    }
}
