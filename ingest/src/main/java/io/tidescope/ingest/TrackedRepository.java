package io.tidescope.ingest;

import io.tidescope.ingest.git.GitRepository;
import io.tidescope.ingest.git.RepositoryName;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * A repository to follow.
 *
 * @param name what it is called in the index
 * @param directory work tree, {@code .git} or bare directory
 * @param refs full names of refs to follow besides the default branch
 * @param fetch whether origin is fetched, with pruning, before each look: for mirrors
 */
public record TrackedRepository(String name, Path directory, List<String> refs, boolean fetch) {
    public TrackedRepository {
        name = RepositoryName.given(name);
        directory = directory.toAbsolutePath().normalize();
        refs = refs.stream().map(TrackedRepository::fullName).distinct().toList();
    }

    /**
     * Opens the repository once, to refuse what is none and to find its name.
     *
     * @param directory the repository or a directory inside its work tree
     * @param name null for the one it has by its origin, else by its directory
     * @param refs full names, or names of branches
     */
    public static TrackedRepository of(
            Path directory, @Nullable String name, List<String> refs, boolean fetch) {
        Path root = GitRepository.discover(directory);
        try (GitRepository repository = GitRepository.open(root)) {
            return new TrackedRepository(
                    name == null ? RepositoryName.of(repository) : name, root, refs, fetch);
        }
    }

    private static String fullName(String ref) {
        return ref.startsWith("refs/") ? ref : "refs/heads/" + ref;
    }
}
