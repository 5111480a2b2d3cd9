package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

class GitRepositoryTest {
    @TempDir Path directory;

    @Test
    void aRevisionReadsBackWhatWasCommittedWhateverThePathsAre() {
        GitRepository repository = GitRepository.create(directory);
        String strange = "a \"quoted\"\nnäme.java";
        String first = repository.write(strange, "class A {}").write("B.java", "").commit("one");
        String second = repository.rename("B.java", "b.java").delete(strange).commit("two");

        assertThat(repository.files(first)).containsOnlyKeys(strange, "B.java");
        assertThat(repository.files(first).get(strange)).isEqualTo("class A {}".getBytes(UTF_8));
        assertThat(repository.files(second)).containsOnlyKeys("b.java");
    }

    @Test
    void replacingAllFilesLeavesNoOthers() {
        GitRepository repository = GitRepository.create(directory);
        repository.write("old/Gone.java", "class Gone {}").commit("old");
        String next = repository.replaceAll(Map.of("New.java", new byte[] {1})).commit("new");
        assertThat(repository.files(next)).containsOnlyKeys("New.java");
    }

    @Test
    void theSameStepsGiveTheSameCommit() {
        String one = GitRepository.create(directory.resolve("one")).write("A", "a").commit("same");
        String two = GitRepository.create(directory.resolve("two")).write("A", "a").commit("same");
        assertThat(one).isEqualTo(two);
    }
}
