package io.tidescope.ingest.git;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a repository: the path of its origin's URL, such as {@code owner/name} or {@code
 * group/sub/name}, else the name of its directory.
 */
public final class RepositoryName {
    private static final int MAX_LENGTH = 255;

    /** {@code scheme://user@host:port/path}. */
    private static final Pattern URL =
            Pattern.compile("(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://[^/]*(?<path>/.*)?");

    /** {@code user@host:path}, as git means it: no slash before the first colon. */
    private static final Pattern SCP =
            Pattern.compile("(?:[^/:@]+@)?(?:\\[[^\\]]+]|[^/:]+):(?<path>.*)");

    private RepositoryName() {}

    /** The name of an open repository. */
    public static String of(GitRepository repository) {
        return repository
                .originUrl()
                .flatMap(RepositoryName::fromUrl)
                .orElseGet(() -> fromDirectory(repository.directory()));
    }

    /** The name given by a user, checked. */
    public static String given(String name) {
        if (name.isBlank()
                || name.length() > MAX_LENGTH
                || name.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a repository's name has 1 to "
                            + MAX_LENGTH
                            + " characters and no control characters, unlike \""
                            + name
                            + "\"");
        }
        return name;
    }

    /** Absent when the URL is that of a local directory, or has no path to name it by. */
    static Optional<String> fromUrl(String url) {
        Matcher full = URL.matcher(url);
        if (full.matches()) {
            String path = full.group("path");
            return full.group("scheme").equals("file") || path == null
                    ? Optional.empty()
                    : trimmed(path);
        }
        Matcher scp = SCP.matcher(url);
        return scp.matches() ? trimmed(scp.group("path")) : Optional.empty();
    }

    static String fromDirectory(Path directory) {
        Path last = directory.toAbsolutePath().normalize().getFileName();
        if (last != null && last.toString().equals(".git")) {
            Path parent = directory.toAbsolutePath().normalize().getParent();
            last = parent == null ? null : parent.getFileName();
        }
        return last == null ? "root" : withoutSuffix(last.toString());
    }

    private static Optional<String> trimmed(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && (path.charAt(start) == '/' || path.charAt(start) == '~')) {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        String name = withoutSuffix(path.substring(start, end));
        return name.isEmpty() || name.length() > MAX_LENGTH ? Optional.empty() : Optional.of(name);
    }

    private static String withoutSuffix(String name) {
        return name.endsWith(".git") && name.length() > ".git".length()
                ? name.substring(0, name.length() - ".git".length())
                : name;
    }
}
