package io.tidescope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SampleRepositoryTest {
    @TempDir private Path directory;

    @Test
    void hasTheJavaFilesWhereTheyWereAndNothingElse() throws Exception {
        Path sources = directory.resolve("sources");
        Path file = sources.resolve("org/A.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "class A {}");
        Files.writeString(sources.resolve("notes.txt"), "nothing");

        SampleRepository.create(sources, directory.resolve("sample"));

        try (Git git = Git.open(directory.resolve("sample").toFile());
                TreeWalk walk = new TreeWalk(git.getRepository())) {
            RevCommit head = git.log().setMaxCount(1).call().iterator().next();
            walk.setRecursive(true);
            walk.addTree(head.getTree());
            List<String> paths = new ArrayList<>();
            while (walk.next()) {
                paths.add(walk.getPathString());
            }
            assertThat(paths).containsExactly("org/A.java");
        }
    }
}
