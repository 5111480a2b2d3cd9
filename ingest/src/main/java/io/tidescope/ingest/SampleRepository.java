package io.tidescope.ingest;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes a repository of sources that are in none, without the command {@code git}. */
public final class SampleRepository {
    private static final String AUTHOR = "tidescope";

    private SampleRepository() {}

    /**
     * Commits copies of all Java files below a directory.
     *
     * @param directory of the repository, which is made
     */
    public static void create(Path sources, Path directory) throws IOException {
        copy(sources, directory);
        try {
            commit(directory);
        } catch (GitAPIException e) {
            throw new IOException("committing to " + directory, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> java;
        try (Stream<Path> all = Files.walk(from)) {
            java = all.filter(it -> it.toString().endsWith(".java")).toList();
        }
        for (Path file : java) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static void commit(Path directory) throws GitAPIException {
        try (Git git = Git.init().setDirectory(directory.toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("sample")
                    .setAuthor(AUTHOR, AUTHOR)
                    .setCommitter(AUTHOR, AUTHOR)
                    .setSign(false)
                    .setNoVerify(true)
                    .call();
        }
    }
}
